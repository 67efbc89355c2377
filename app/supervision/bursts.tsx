import { getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { DataTable } from '#components/data-table.tsx'
import { Tag, type Tone } from '#components/tag.tsx'
import type { BurstLine } from './queries.ts'

/** Bursts of the last hours: what was asked of two networks, and what they said. */
export async function BurstTable({ bursts, now }: { bursts: BurstLine[]; now: Date }) {
  const t = await getTranslations('supervision')
  if (bursts.length === 0) return null
  return (
    <DataTable
      caption={t('bursts.caption')}
      showCaption
      rows={bursts}
      rowKey={(row) => row.id}
      dense
      columns={[
        {
          key: 'where',
          head: t('cells.where'),
          rowHead: true,
          cell: (row) => `${row.number} · ${row.territoryName} (${row.territory})`,
        },
        {
          key: 'why',
          head: t('bursts.why'),
          cell: (row) =>
            row.reference ? (
              <a href={`/cases/${row.reference}`}>{row.reference}</a>
            ) : (
              t(`bursts.cause.${row.cause}`)
            ),
        },
        { key: 'from', head: t('bursts.from'), cell: (row) => row.probes.join(', ') },
        {
          key: 'state',
          head: t('cells.says'),
          cell: (row) => <Tag tone={TONES[row.state]}>{t(`bursts.state.${row.state}`)}</Tag>,
        },
        {
          key: 'rate',
          head: t('cells.rate'),
          numeric: true,
          cell: (row) => (row.tried === null ? '–' : `${row.passed}/${row.tried}`),
        },
        {
          key: 'works',
          head: t('cells.works'),
          cell: (row) => (row.works.length > 0 ? <a href="/works">{row.works.join(', ')}</a> : '–'),
        },
        { key: 'at', head: t('bursts.at'), cell: (row) => <Moment at={new Date(row.openedAt)} now={now} /> },
      ]}
    />
  )
}

const TONES: Record<BurstLine['state'], Tone> = {
  open: 'accent',
  confirmed: 'danger',
  cleared: 'ok',
  unanswered: 'warn',
}
