import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { may } from '#app/_auth/actor.ts'
import { requestTime, requireActor } from '#app/_auth/session.ts'
import { Live } from '#app/_live/live-status.tsx'
import { WordsTabs } from '#app/instructions/tabs.tsx'
import { EmptyState } from '#components/empty-state.tsx'
import { DraftStatement } from './_parts/draft-form.tsx'
import { PublicPageState } from './_parts/page-state.tsx'
import { StatementList } from './_parts/statement-list.tsx'
import { readStatements } from './queries.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statements'))('title') }
}

/** What is said to the public and to the media: who wrote it, who approved it, and whether the public page is on. */
export default async function StatementsPage() {
  const actor = await requireActor('instructions.read')
  const now = new Date(requestTime())
  const t = await getTranslations('statements')
  const { incidents, pages, statements } = await readStatements(actor, now)
  // A page that is on is shown whatever became of its incident: else nobody could turn it off.
  const on = pages.filter(({ directorAt, offAt }) => directorAt && !offAt)
  const shown =
    incidents.length > 0
      ? [...new Set([...incidents, ...on].map(({ reference }) => reference))]
      : pages.map(({ reference }) => reference)
  return (
    <div className="grid gap-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="text-3xl">{t('title')}</h1>
        <Live cases={[]} events={['statement.', 'public.', 'inbox']} />
      </div>
      <WordsTabs actor={actor} current="/statements" />
      <p className="max-w-[70ch] text-soft">
        {t('explain')} <a href="/status">/status</a>
      </p>
      {shown.length > 0 && (
        <div className="grid gap-3">
          {shown.map((reference) => (
            <PublicPageState
              key={reference}
              actor={actor}
              reference={reference}
              title={incidents.find((one) => one.reference === reference)?.title ?? null}
              page={pages.find((one) => one.reference === reference) ?? null}
              now={now}
            />
          ))}
        </div>
      )}
      <StatementList actor={actor} statements={statements} now={now} />
      {shown.length === 0 && statements.length === 0 && (
        <EmptyState title={t('none')}>{t('none_explain')}</EmptyState>
      )}
      {may(actor, 'instructions.write') && incidents.length > 0 && (
        <div className="grid gap-3">
          {incidents.map((one) => (
            <DraftStatement key={one.id} incident={one} />
          ))}
        </div>
      )}
    </div>
  )
}
