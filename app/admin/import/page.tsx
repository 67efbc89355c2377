import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { type Asked, one } from '../asked.ts'
import { AdminTabs } from '../tabs.tsx'
import { Columns } from './columns.tsx'
import { TryForm } from './try-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('directory'))('import.title') }
}

/** A directory that stands in a spreadsheet: tried first, then all of it or nothing. */
export default async function ImportPage({ searchParams }: { searchParams: Promise<Asked> }) {
  await requireActor('directory.keep')
  const asked = await searchParams
  const t = await getTranslations('directory')
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('import.title')}</h1>
        <LinkButton href="/admin/import/example" download="annuaire-exemple.csv">
          {t('import.example')}
        </LinkButton>
      </div>
      <AdminTabs current="/import" />
      {one(asked, 'made') && (
        <Notice tone="ok" live>
          {t('import.done', {
            made: Number(one(asked, 'made')) || 0,
            changed: Number(one(asked, 'changed')) || 0,
          })}
        </Notice>
      )}
      <p className="max-w-[65ch] text-soft">{t('import.text')}</p>
      <TryForm />
      <Columns />
    </div>
  )
}
