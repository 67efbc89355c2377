import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_auth/session.ts'
import { type Asked, one } from '#app/admin/asked.ts'
import { LinkButton } from '#components/button.tsx'
import { Notice } from '#components/notice.tsx'
import { countClosures } from '../queries.ts'
import { MigrationTabs } from '../tabs.tsx'
import { TryForm } from './try-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('tabs.calendar') }
}

/** The calendar of the closure of copper: tried first, then all of it or nothing. */
export default async function CalendarPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const actor = await requireActor('migration.import')
  const asked = await searchParams
  const t = await getTranslations('migration')
  const figure = (name: string) => Number(one(asked, name)) || 0
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('tabs.calendar')}</h1>
        <LinkButton href="/migration/calendar/example" download="calendrier-exemple.csv">
          {t('calendar.example')}
        </LinkButton>
      </div>
      <MigrationTabs current="/calendar" />
      {one(asked, 'made') && (
        <Notice tone="ok" live>
          {t('calendar.done', { made: figure('made'), changed: figure('changed'), gone: figure('gone') })}
        </Notice>
      )}
      <p className="max-w-[65ch] text-soft">
        {t('calendar.explain')} {t('calendar.count', { count: await countClosures(actor) })}
      </p>
      <TryForm />
    </div>
  )
}
