import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import { delaysOf, type ReviewFacts, type Verdict } from './rules/delays.ts'

const TONES: Record<Verdict, Tone> = { met: 'ok', missed: 'danger', running: 'info' }

/** What was promised, what was done. */
export async function DelaysTable({ facts }: { facts: ReviewFacts }) {
  const t = await getTranslations('reviews')
  return (
    <DataTable
      caption={t('delays.title')}
      showCaption
      rows={delaysOf(facts)}
      rowKey={(row) => row.key}
      empty={<p>{t('delays.none')}</p>}
      columns={[
        { key: 'what', head: t('delays.what'), rowHead: true, cell: (row) => t(`delays.keys.${row.key}`) },
        {
          key: 'target',
          head: t('delays.target'),
          numeric: true,
          cell: (row) => t('delays.minutes', { minutes: row.targetMin }),
        },
        {
          key: 'worst',
          head: t('delays.worst'),
          numeric: true,
          cell: (row) =>
            row.worst === null ? t('delays.not_done') : t('delays.minutes', { minutes: row.worst }),
        },
        { key: 'kept', head: t('delays.kept'), numeric: true, cell: (row) => `${row.met} / ${row.of}` },
        {
          key: 'verdict',
          head: t('delays.verdict'),
          cell: (row) => <Tag tone={TONES[row.verdict]}>{t(`delays.${row.verdict}`)}</Tag>,
        },
      ]}
    />
  )
}
