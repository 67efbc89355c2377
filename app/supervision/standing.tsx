import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import { territoryName } from '#db/reference/territories.ts'
import type { Alarm } from './rules/cusum.ts'

/** Scopes whose calls fail more than chance would have them, each with how seldom chance makes it, beside the threshold. */
export async function StandingTable({
  rows,
  thresholdDays,
}: {
  rows: readonly Alarm[]
  thresholdDays: number
}) {
  const t = await getTranslations('supervision')
  if (rows.length === 0) return null
  const days = (years: number) => Math.max(1, Math.round(years * 365))
  return (
    <DataTable
      caption={t('standing.caption')}
      showCaption
      dense
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        {
          key: 'scope',
          head: t('standing.scope'),
          rowHead: true,
          cell: (row) =>
            t(`standing.kind.${row.kind}`, {
              name: territoryName(row.name),
            }),
        },
        {
          key: 'failed',
          head: t('standing.failed'),
          numeric: true,
          cell: (row) => `${row.failed}/${row.calls}`,
        },
        {
          key: 'every',
          head: t('standing.every'),
          numeric: true,
          cell: (row) => t('standing.days', { days: days(row.years) }),
        },
        {
          key: 'threshold',
          head: t('standing.threshold'),
          numeric: true,
          cell: () => t('standing.days', { days: thresholdDays }),
        },
      ]}
    />
  )
}
