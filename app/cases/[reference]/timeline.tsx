import { getLocale, getTranslations } from 'next-intl/server'
import { Moment } from '#app/_i18n/moment.tsx'
import { atText } from '#app/_i18n/time.ts'
import { CaseTimeline } from '../_parts/case-timeline.tsx'
import { type CaseLine, type CasePage, MOST_LINES } from './case-query.ts'
import { lineWords } from './line-words.ts'

/** Main courante: newest first; what the reporter reads and what he never reads cannot be taken for one another. */
export async function DeskTimeline({ page: { around }, now }: { page: CasePage; now: Date }) {
  const [t, locale] = [await getTranslations('cases'), await getLocale()]
  const timeZone = around.territory?.timeZone ?? 'Europe/Paris'
  const words = await lineWords(timeZone)
  const otherHours = (line: CaseLine) =>
    (['heardAt', 'factAt'] as const)
      .flatMap((name) => {
        const at = line[name]
        if (!at || Math.abs(Date.parse(at) - Date.parse(line.at)) < 60_000) return []
        const time = atText(new Date(at), { now, locale, timeZone })
        return [name === 'heardAt' ? t('timeline.heard', { time }) : t('timeline.fact', { time })]
      })
      .join(' · ')
  return (
    <CaseTimeline
      title={t('page.timeline')}
      older={around.lines.length >= MOST_LINES && t('timeline.older', { count: MOST_LINES })}
      entries={around.lines.map((line) => {
        const { title, detail } = words(line)
        const hours = otherHours(line)
        return {
          id: line.id,
          kind: line.text ? line.visibility : ('fact' as const),
          audience: t(`audience.${line.visibility}`),
          who: line.actorSide === 'machine' ? t('timeline.machine') : line.actorName,
          when: (
            <>
              <Moment at={new Date(line.at)} now={now} timeZone={timeZone} />
              {hours && ` · ${hours}`}
            </>
          ),
          title:
            line.certainty && line.event === 'case.noted'
              ? `${title} (${t(`timeline.certainty.${line.certainty}`)})`
              : title,
          icon: FACT_ICONS[line.event],
          children:
            line.text || detail ? (
              <>
                {line.text}
                {line.text && detail && '\n'}
                {detail && <span className="text-soft">{detail}</span>}
              </>
            ) : undefined,
        }
      })}
    />
  )
}

/** A missed hour and a relapse stand out of the plain facts by their shape. */
const FACT_ICONS: Record<string, 'late' | 'danger' | 'check'> = {
  'case.ack_missed': 'late',
  'case.check_missed': 'late',
  'case.promise_missed': 'late',
  'case.escalated': 'late',
  'case.still_failing': 'danger',
  'case.confirmed': 'check',
}
