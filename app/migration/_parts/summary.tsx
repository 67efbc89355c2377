import { getLocale, getTranslations } from 'next-intl/server'
import { Due } from '#app/_i18n/moment.tsx'
import { dayText } from '#app/_i18n/time.ts'
import { Stat } from '#components/stat.tsx'
import { Tag } from '#components/tag.tsx'
import type { Move } from '../queries.ts'

/** What is to be known at a glance: its letter, when it hears from us, when copper ends there, what threatens it. */
export async function Summary({
  move: { move, score, closure, risks, checks, site, cutOver },
  now,
}: {
  move: Move
  now: Date
}) {
  const [t, locale] = [await getTranslations('migration'), await getLocale()]
  const promised = move && !move.endedAt ? move.nextContactAt : null
  return (
    <section aria-label={t('summary')} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat
          label={t('letter')}
          value={checks.length === 0 ? '–' : score.letter}
          note={
            checks.length === 0
              ? t('letter_none')
              : t('points', { points: score.points, of: score.of, unknown: score.unknown })
          }
          tone={
            checks.length === 0
              ? 'neutral'
              : score.letter <= 'B'
                ? 'ok'
                : score.letter === 'C'
                  ? 'warn'
                  : 'danger'
          }
        />
        <Stat
          label={t('next_contact')}
          value={promised ? <Due at={promised} now={now} timeZone={site.timeZone ?? undefined} /> : '–'}
          note={move?.endedAt ? t('moved') : move ? null : t('not_planned')}
          tone={move?.promiseMissedAt ? 'danger' : 'neutral'}
        />
        <Stat
          label={t('closure')}
          value={closure ? dayText(closure.technicalOn, locale) : '–'}
          note={closure ? t(`closure_state.${closure.state}`) : t('closure_none')}
          tone={risks.includes('closed') || risks.includes('no_plan') ? 'danger' : 'neutral'}
        />
        <Stat
          label={t('cut_over')}
          value={
            cutOver ? <Due at={cutOver.startsAt} now={now} timeZone={site.timeZone ?? undefined} /> : '–'
          }
          note={cutOver ? t(`state.${cutOver.state}`) : t('cut_over_none')}
        />
      </div>
      {risks.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {risks.map((risk) => (
            <li key={risk}>
              <Tag tone={risk === 'suspended' ? 'info' : 'danger'}>{t(`risk.${risk}`)}</Tag>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
