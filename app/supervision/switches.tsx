import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { percentText } from '#app/_i18n/percent.ts'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { SwitchLine } from './queries.ts'
import { type Blame, blames, ratesOf } from './rules/rates.ts'

/** What switches and session border controllers counted in the last hour: ASR for the law, NER to tell a network from a full room. */
export async function SwitchTable({ lines, now }: { lines: SwitchLine[]; now: Date }) {
  const [t, locale] = [await getTranslations('supervision'), await getLocale()]
  if (lines.length === 0) return null
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
        {
          key: 'asr',
          head: t('switches.asr'),
          numeric: true,
          cell: (row) => percentText(ratesOf(row).asr, locale),
        },
        {
          key: 'ner',
          head: t('switches.ner'),
          numeric: true,
          cell: (row) => percentText(ratesOf(row).ner, locale),
        },
        {
          key: 'blames',
          head: t('switches.blames'),
          cell: (row) => {
            const blamed = blames(ratesOf(row), ratesOf(row.usual))
            return blamed ? <Tag tone={TONES[blamed]}>{t(`switches.blamed.${blamed}`)}</Tag> : '–'
          },
        },
        {
          key: 'until',
          head: t('switches.until'),
          cell: (row) => <Moment at={new Date(row.until)} now={now} />,
        },
      ]}
    />
  )
}

const TONES: Record<Blame, Tone> = { network: 'danger', room: 'warn', nothing: 'ok' }
