import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { valuesOf } from '#app/_journal/values.ts'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { type JournalRow, MOST_LINES } from './queries.ts'

/** Main courante: one line a fact, hour heard and hour of the fact, who, what, how sure; its place in its chain. */
export async function LinesTable({ lines, now }: { lines: JournalRow[]; now: Date }) {
  const t = await getTranslations('reviews')
  const say = await lineWords()
  return (
    <div className="grid gap-3">
      {lines.length > MOST_LINES && <Notice tone="warn">{t('lines.cut', { count: MOST_LINES })}</Notice>}
      <DataTable
        caption={t('lines.title')}
        showCaption
        dense
        rows={lines.slice(0, MOST_LINES)}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'at',
            head: t('lines.at'),
            cell: (row) => (
              <>
                <Moment at={new Date(row.at)} now={now} />
                {row.fact_at && row.fact_at !== row.at && (
                  <span className="block text-sm text-soft">
                    {t('lines.fact')} <Moment at={new Date(row.fact_at)} now={now} />
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'who',
            head: t('lines.who'),
            cell: (row) => (MACHINES.has(row.actor_name) ? t('lines.machine') : row.actor_name),
          },
          {
            key: 'what',
            head: t('lines.what'),
            rowHead: true,
            cell: (row) => (
              <>
                {say.title(row)}
                {row.reference && (
                  <span className="font-normal whitespace-nowrap tabular-nums"> · {row.reference}</span>
                )}
              </>
            ),
          },
          { key: 'text', head: t('lines.text'), cell: (row) => say.text(row) },
          {
            key: 'sure',
            head: t('lines.certainty'),
            cell: (row) => (row.certainty ? t(`lines.${row.certainty as 'observed'}`) : '–'),
          },
          {
            key: 'proof',
            head: t('lines.proof'),
            cell: (row) => (
              <span className="text-sm whitespace-nowrap">
                {t('lines.place', { chain: t(`lines.chains.${chainOf(row)}`), seq: String(row.seq) })}
              </span>
            ),
          },
        ]}
      />
    </div>
  )
}

const CHAINS = ['case', 'incident', 'crisis', 'notice', 'proposals', 'cell'] as const

/** The export names the chain as the journal does; a reader wants to know of what it is. */
function chainOf({ chain }: JournalRow) {
  return CHAINS.find((name) => name === chain.split(':')[0]) ?? 'other'
}

type Proposed = { key: string; values: Record<string, string | number> }

/** A line in words: the messages `journal` name each event; texts that a crew of a drill left are messages too. */
async function lineWords() {
  const all = await getTranslations()
  const known = (key: string) => all.has(key as never)
  return {
    title(row: JournalRow): string {
      const key = `journal.${row.event}`
      return known(key) ? all(key as never, valuesOf(row.data) as never) : row.event
    },
    text(row: JournalRow): string {
      const text = row.text ?? ''
      const reason = row.data.reason as Proposed | undefined
      if (text === '' && reason && known(reason.key)) return all(reason.key as never, reason.values as never)
      if (/^[a-z_]+(\.[a-z_]+)+$/.test(text) && known(text)) return all(text as never)
      return text || '–'
    },
  }
}
