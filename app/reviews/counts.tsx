import { getTranslations } from 'next-intl/server'
import { isOpen } from '#app/cases/rules/states.ts'
import { Stat } from '#components/stat.tsx'
import type { readReview } from './queries.ts'

type Review = NonNullable<Awaited<ReturnType<typeof readReview>>>

/** The incident in six figures. */
export async function Counts({ review: { rows, lines } }: { review: Review }) {
  const t = await getTranslations('reviews')
  const count = (test: (row: (typeof rows)[number]) => boolean) => rows.filter(test).length
  const missed = lines.filter((line) => line.event === 'case.promise_missed').length
  const unconfirmed = count((row) => row.state === 'closed' && row.closing === 'unreachable')
  return (
    <section className="grid grid-cols-2 gap-3 lg:grid-cols-3" aria-label={t('counts.label')}>
      <Stat label={t('counts.cases')} value={rows.length} />
      <Stat
        label={t('counts.organisations')}
        value={new Set(rows.map((row) => row.organisationId ?? row.id)).size}
        note={t('counts.territories', { count: new Set(rows.map((row) => row.territoryCode)).size })}
      />
      <Stat
        label={t('counts.confirmed')}
        value={count((row) => row.state === 'closed' && row.confirmedAt !== null)}
        tone="ok"
      />
      <Stat label={t('counts.unconfirmed')} value={unconfirmed} tone={unconfirmed > 0 ? 'warn' : 'ok'} />
      <Stat label={t('counts.open')} value={count((row) => isOpen(row.state))} />
      <Stat label={t('counts.missed')} value={missed} tone={missed > 0 ? 'danger' : 'ok'} />
    </section>
  )
}
