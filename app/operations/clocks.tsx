import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { clockWords } from './clock-words.ts'
import { type ClockFacts, clockState } from './rules/findings.ts'

const ACCENTS = { turns: undefined, failing: 'warn', late: 'danger' } as const

/** What turns by itself: those that do not, and why; the others folded, when each last did. */
export async function Clocks({ clocks, now }: { clocks: ClockFacts[]; now: Date }) {
  const t = await getTranslations('operations.clock')
  const words = await clockWords()
  if (clocks.length === 0) return null
  const state = (row: ClockFacts) => clockState(row, now.getTime())
  const last = ({ succeededAt }: ClockFacts) =>
    succeededAt ? <Moment at={new Date(succeededAt)} now={now} /> : t('never')
  const turning = clocks.filter((row) => state(row) === 'turns')
  const standing = clocks.filter((row) => state(row) !== 'turns')
  return (
    <section aria-labelledby="clocks" className="grid gap-2">
      <h2 id="clocks" className="text-lg">
        {t('title')}
      </h2>
      {standing.length > 0 && (
        <DataTable
          caption={t('standing')}
          rows={standing}
          rowKey={(row) => row.name}
          rowProps={(row) => ({ 'data-accent': ACCENTS[state(row)] })}
          columns={[
            { key: 'name', head: t('name'), rowHead: true, cell: (row) => words(row.name).name },
            { key: 'last', head: t('last'), cell: last },
            { key: 'state', head: t('state'), cell: (row) => t(state(row)) },
            {
              key: 'why',
              head: t('why'),
              cell: (row) =>
                row.error ? <code className="font-mono text-sm break-words">{row.error}</code> : '–',
            },
          ]}
        />
      )}
      {turning.length > 0 && (
        <details className="rounded-m border border-line px-3">
          <summary className="inline-flex min-h-11 items-center font-semibold text-accent">
            {t('turning', { count: turning.length })}
          </summary>
          <ul className="grid gap-x-8 pb-3 sm:grid-cols-2 lg:grid-cols-3">
            {turning.map((row) => (
              <li key={row.name} className="flex justify-between gap-3 border-b border-line py-1.5">
                {words(row.name).name} <span className="text-soft">{last(row)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
