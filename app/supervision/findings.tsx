import { getLocale, getTranslations } from 'next-intl/server'
import { atText, durationText } from '#app/_i18n/time.ts'
import { Notice } from '#components/notice.tsx'
import type { Supervision } from './queries.ts'
import { findingsOf, type ProbeFinding } from './rules/probe-health.ts'

/** Probes that are away, cannot call, or see nothing of what people report: a witness is judged too. */
export async function ProbeFindings({ probes, now }: { probes: Supervision['probes']; now: Date }) {
  const found = probes.flatMap((one) => findingsOf(one, now.getTime()).map((finding) => ({ one, finding })))
  if (found.length === 0) return null
  const [t, locale] = [await getTranslations('supervision'), await getLocale()]
  const text = ({ one, finding }: (typeof found)[number]) =>
    t(`finding.${finding}`, {
      when: one.heardAt === null ? t('never') : atText(new Date(one.heardAt), { now, locale }),
      every: durationText(one.everyS ?? 0, locale),
      trouble: one.trouble ?? '',
      count: one.unseenReports,
      calls: one.calls,
    })
  return (
    <ul className="grid gap-2" aria-label={t('findings')}>
      {found.map(({ one, finding }) => (
        <li key={`${one.id}-${finding}`} data-finding={finding}>
          <Notice tone={TONES[finding]} title={`${one.name} · ${one.operator} · ${one.territoryName}`}>
            {text({ one, finding })}
          </Notice>
        </li>
      ))}
    </ul>
  )
}

const TONES: Record<ProbeFinding, 'warn' | 'danger'> = {
  silent: 'danger',
  troubled: 'danger',
  doubtful: 'warn',
}
