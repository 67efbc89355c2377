import { getTranslations } from 'next-intl/server'
import { type Together, together } from '#app/rehearsals/rules/together.ts'
import { DataTable } from '#components/data-table.tsx'
import { shippedDrills } from '../shipped.ts'

const [SHARE, RUNS] = [0.11, 12]
let kept: Together | null = null

/** 2 June 2021 found by reports alone, by test calls alone, by both: simulated, the same for everybody who looks. */
export async function TogetherTable() {
  const national = shippedDrills().find(({ name }) => name.startsWith('fr-2021-06-02'))?.drill
  if (!national) return null
  kept ??= together(national, SHARE, RUNS)
  const { reports, probes, fused, runs } = kept
  const t = await getTranslations('drills')
  const minute = (at: number | null) =>
    at === null ? '–' : t('minute', { minute: String(Math.round(at * 10) / 10) })
  const rows = [
    { key: 'reports', median: reports, worst: reports },
    { key: 'probes', ...probes },
    { key: 'fused', ...fused },
  ] as const
  return (
    <section className="grid gap-2">
      <DataTable
        caption={t('together.caption')}
        showCaption
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'what', head: t('together.what'), rowHead: true, cell: (row) => t(`together.${row.key}`) },
          { key: 'median', head: t('together.median'), numeric: true, cell: (row) => minute(row.median) },
          { key: 'worst', head: t('together.worst'), numeric: true, cell: (row) => minute(row.worst) },
        ]}
      />
      <p className="max-w-[75ch] text-soft">{t('together.note', { runs })}</p>
    </section>
  )
}
