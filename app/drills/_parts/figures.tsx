import { getTranslations } from 'next-intl/server'
import { Stat } from '#components/stat.tsx'
import type { DrillOutcome } from '../commands/outcome.ts'
import { signed } from './minute.ts'

/** What came of it, in the minutes of the drill. */
export async function Figures({ outcome, running }: { outcome: DrillOutcome; running: boolean }) {
  const t = await getTranslations('drills')
  const at = (minute: number | null) =>
    minute === null
      ? t(running ? 'figures.not_yet' : 'figures.never')
      : t('minute', { minute: signed(minute) })
  const redirected = outcome.per_report.filter((one) => one.outcome === 'redirected').length
  return (
    <section className="grid grid-cols-2 gap-3 lg:grid-cols-4" aria-label={t('figures.label')}>
      <Stat
        label={t('figures.reports')}
        value={outcome.per_report.length}
        note={t('figures.cases', { cases: outcome.cases, redirected })}
      />
      <Stat label={t('figures.first_qualifying')} value={at(outcome.first_qualifying_offset_min)} />
      <Stat label={t('figures.crisis_proposed')} value={at(outcome.crisis_proposed_offset_min)} />
      <Stat
        label={t('figures.crisis_active')}
        value={at(outcome.crisis_active_offset_min)}
        note={outcome.activated_by && t(`figures.by_${outcome.activated_by}`)}
      />
      <Stat label={t('figures.authority_notice')} value={at(outcome.authority_notice_offset_min)} />
      <Stat label={t('figures.incidents')} value={outcome.incidents.length} />
      <Stat
        label={t('figures.closed_without_confirmation')}
        value={outcome.closed_without_confirmation}
        tone={outcome.closed_without_confirmation > 0 ? 'warn' : 'ok'}
      />
      <Stat
        label={t('figures.promises_missed')}
        value={outcome.promises_missed}
        tone={outcome.promises_missed > 0 ? 'danger' : 'ok'}
      />
    </section>
  )
}
