import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { clockWords } from './clock-words.ts'
import { type ClockFacts, clockState } from './rules/findings.ts'

const ACCENTS = { turns: undefined, failing: 'warn', late: 'danger' } as const

/** What turns by itself: when each last did, and why not since. */
export async function Clocks({ clocks, now }: { clocks: ClockFacts[]; now: Date }) {
  const t = await getTranslations('operations.clock')
  const words = await clockWords()
  if (clocks.length === 0) return null
  return (
    <DataTable
      caption={t('title')}
      showCaption
      rows={clocks}
      rowKey={(row) => row.name}
      rowProps={(row) => ({ 'data-accent': ACCENTS[clockState(row, now.getTime())] })}
      columns={[
        { key: 'name', head: t('name'), rowHead: true, cell: (row) => words(row.name).name },
        {
          key: 'last',
          head: t('last'),
          cell: (row) => (row.succeededAt ? <Moment at={new Date(row.succeededAt)} now={now} /> : t('never')),
        },
        { key: 'state', head: t('state'), cell: (row) => t(clockState(row, now.getTime())) },
        {
          key: 'why',
          head: t('why'),
          cell: (row) =>
            row.error ? <code className="font-mono text-sm break-words">{row.error}</code> : '–',
        },
      ]}
    />
  )
}
