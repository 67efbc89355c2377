import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { MACHINES } from '#app/_journal/machines.ts'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import { chainOf, lineWords } from './line-words.ts'
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
