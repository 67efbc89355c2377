import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { countDirectory } from '#app/directory/queries.ts'
import { Stat } from '#components/stat.tsx'
import { countAdministered } from './counts.ts'
import { AdminTabs } from './tabs.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') }
}

/** What is administered here, each with its figure. */
export default async function AdminPage() {
  const actor = await requireActor(['admin'])
  const [directory, work] = [await countDirectory(actor), await countAdministered(actor)]
  const t = await getTranslations('admin')
  const figure = new Intl.NumberFormat(await getLocale())

  return (
    <div className="grid gap-8">
      <h1 className="text-3xl">{t('front.title')}</h1>
      <AdminTabs current="" />
      <section className="grid gap-3">
        <h2 className="text-xl">{t('front.directory')}</h2>
        <p className="max-w-[65ch] text-soft">{t('front.directory_text')}</p>
        <div className={GRID}>
          <Stat
            href="/admin/organisations"
            label={t('front.organisations')}
            value={figure.format(directory.organisations)}
            note={t('front.organisations_note')}
          />
          <Stat
            href="/admin/contacts"
            label={t('front.contacts')}
            value={figure.format(directory.contacts)}
            note={t('front.contacts_note', { count: directory.callBack })}
          />
          <Stat
            href="/admin/sites"
            label={t('front.sites')}
            value={figure.format(directory.sites)}
            note={t('front.sites_note', { count: directory.copper })}
          />
          <Stat
            href="/admin/import"
            label={t('front.import')}
            value={t('front.import_value')}
            note={t('front.import_note')}
          />
        </div>
      </section>
      <section className="grid gap-3">
        <h2 className="text-xl">{t('front.work')}</h2>
        <div className={GRID}>
          <Stat
            href="/admin/accounts"
            label={t('front.accounts')}
            value={figure.format(work.accounts)}
            note={t('front.accounts_note', { count: work.administrators })}
          />
          <Stat
            href="/admin/teams"
            label={t('front.teams')}
            value={figure.format(work.teams)}
            note={t('front.teams_note')}
          />
          <Stat
            href="/admin/routing"
            label={t('front.routing')}
            value={figure.format(work.rules)}
            note={t('front.routing_note')}
          />
          <Stat
            href="/admin/tokens"
            label={t('front.tokens')}
            value={figure.format(work.tokens)}
            note={t('front.tokens_note')}
          />
          <Stat
            href="/admin/settings"
            label={t('front.settings')}
            value={t('front.settings_value')}
            note={t('front.settings_note')}
          />
        </div>
      </section>
    </div>
  )
}

const GRID = 'grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))]'
