import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { countDirectory } from '#app/directory/queries.ts'
import { FirstSteps } from '#app/operations/first-steps.tsx'
import { Stat } from '#components/stat.tsx'
import { countAdministered } from './counts.ts'
import { AdminHead } from './head.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') }
}

/** What is administered here, each with its figure. */
export default async function AdminPage() {
  const actor = await requireActor('directory.keep')
  const [directory, work] = [await countDirectory(actor), await countAdministered(actor)]
  const t = await getTranslations('admin')
  const figure = new Intl.NumberFormat(await getLocale())
  /** `count`: how many of them the note speaks of. */
  const stat = (place: Place, value: number | string, count = 0) => (
    <Stat
      href={`/admin/${place}`}
      label={t(`front.${place}`)}
      value={typeof value === 'number' ? figure.format(value) : value}
      note={t(`front.${place}_note`, { count })}
    />
  )

  return (
    <div className="grid gap-8">
      <AdminHead title={t('front.title')} at="" />
      <FirstSteps actor={actor} organisations={directory.organisations} />
      <section className="grid gap-3">
        <h2 className="text-xl">{t('front.directory')}</h2>
        <p className="max-w-[65ch] text-soft">{t('front.directory_text')}</p>
        <div className={GRID}>
          {stat('organisations', directory.organisations)}
          {stat('contacts', directory.contacts, directory.callBack)}
          {stat('sites', directory.sites, directory.copper)}
          {stat('import', t('front.import_value'))}
        </div>
      </section>
      <section className="grid gap-3">
        <h2 className="text-xl">{t('front.work')}</h2>
        <div className={GRID}>
          {stat('accounts', work.accounts, work.administrators)}
          {stat('roles', t('front.roles_value'))}
          {stat('teams', work.teams)}
          {stat('routing', work.rules)}
          {stat('tokens', work.tokens)}
          {stat('settings', t('front.settings_value'))}
        </div>
      </section>
    </div>
  )
}

type Place =
  | 'organisations'
  | 'contacts'
  | 'sites'
  | 'import'
  | 'accounts'
  | 'roles'
  | 'teams'
  | 'routing'
  | 'tokens'
  | 'settings'

const GRID = 'grid gap-3 [grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr))]'
