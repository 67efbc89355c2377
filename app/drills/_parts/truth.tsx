import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/data-table.tsx'
import { Notice } from '#components/notice.tsx'
import type { DrillOutcome } from '../commands/outcome.ts'
import type { Drill, Reality } from '../rules/drill.ts'
import { type Measure, milestonesOf } from '../rules/reality.ts'
import { signed } from './minute.ts'

const MEASURED: Record<Measure, keyof DrillOutcome> = {
  first_qualifying: 'first_qualifying_offset_min',
  crisis_proposed: 'crisis_proposed_offset_min',
  crisis_active: 'crisis_active_offset_min',
  authority_notice: 'authority_notice_offset_min',
}

/** The run beside what happened in truth; said plainly that the drill is a reconstruction. */
export async function Truth({
  drill,
  reality,
  outcome,
}: {
  drill: Drill
  reality: Reality
  outcome: DrillOutcome
}) {
  const t = await getTranslations('drills')
  const reconstructed = /RECONSTRUCTED/.test(drill.label)
  const rows = milestonesOf(reality)
  const at = (minute: number | null) =>
    minute === null ? t('figures.never') : t('minute', { minute: signed(minute) })
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{t('truth.title')}</h2>
      <Notice title={t(reconstructed ? 'label.reconstructed' : 'label.invented')}>
        <p>{t(reconstructed ? 'truth.reconstructed' : 'truth.invented')}</p>
        <p lang="en" className="text-sm text-soft">
          {drill.label}
        </p>
      </Notice>
      {rows.length > 0 && (
        <DataTable
          caption={t('truth.caption')}
          rows={rows}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'what',
              head: t('truth.what'),
              rowHead: true,
              cell: (row) =>
                t.has(`truth.keys.${row.key}` as never) ? (
                  t(`truth.keys.${row.key}` as never)
                ) : (
                  <span lang="en">{row.key.replaceAll('_', ' ')}</span>
                ),
            },
            {
              key: 'then',
              head: t('truth.then'),
              cell: (row) => (
                <>
                  {row.offsetMin === null
                    ? t('truth.unpublished')
                    : t('minute', { minute: signed(row.offsetMin) })}
                  {row.at && <span className="block text-sm text-soft">{row.at}</span>}
                </>
              ),
            },
            {
              key: 'now',
              head: t('truth.now'),
              cell: (row) =>
                row.measure && (
                  <>
                    <strong>{at(outcome[MEASURED[row.measure]] as number | null)}</strong>
                    <span className="block text-sm text-soft">{t(`figures.${row.measure}`)}</span>
                  </>
                ),
            },
          ]}
        />
      )}
    </section>
  )
}
