import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import type { SwitchLine } from './queries.ts'
import { ratesOf } from './rules/rates.ts'

/** What switches and session border controllers counted in the last hour: ASR for the law, NER to tell a network from a full room. */
export async function SwitchTable({ lines, now }: { lines: SwitchLine[]; now: Date }) {
  const [t, locale] = [await getTranslations('supervision'), await getLocale()]
  if (lines.length === 0) return null
  const percent = (rate: number | null) =>
    rate === null
      ? '–'
      : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(rate)
  return (
    <DataTable
      caption={t('switches.caption')}
      showCaption
      rows={lines}
      rowKey={(row) => `${row.source}-${row.number}`}
      dense
      columns={[
        { key: 'source', head: t('switches.source'), rowHead: true, cell: (row) => row.source },
        { key: 'number', head: t('switches.number'), cell: (row) => row.number },
        { key: 'attempts', head: t('switches.attempts'), numeric: true, cell: (row) => row.attempts },
        { key: 'seized', head: t('switches.seizures'), numeric: true, cell: (row) => row.seized },
        { key: 'asr', head: t('switches.asr'), numeric: true, cell: (row) => percent(ratesOf(row).asr) },
        { key: 'ner', head: t('switches.ner'), numeric: true, cell: (row) => percent(ratesOf(row).ner) },
        {
          key: 'until',
          head: t('switches.until'),
          cell: (row) => <Moment at={new Date(row.until)} now={now} />,
        },
      ]}
    />
  )
}
