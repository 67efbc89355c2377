import { getLocale, getTranslations } from 'next-intl/server'
import { Countdown } from '#components/countdown.tsx'
import { zoneOfTerritory } from '#db/reference/territories.ts'
import { moment, momentText, PARIS } from './time.ts'

/** An instant, as it reads where it matters (`place`: a territory); Paris beside it when the clocks differ. */
export async function Moment({
  at,
  now,
  place,
  timeZone = place ? zoneOfTerritory(place) : PARIS,
}: {
  at: Date
  now: Date
  place?: string
  timeZone?: string
}) {
  const locale = await getLocale()
  const t = await getTranslations('common')
  const { hour, date, paris, iso } = moment(at, { now, locale, timeZone })
  return (
    <time dateTime={iso} className="tabular-nums">
      <span className="whitespace-nowrap">{date ? `${date}, ${hour}` : hour}</span>
      {paris && (
        <span className="text-soft">
          {' '}
          (
          {t('time.paris', {
            time: paris.date && paris.date !== date ? `${paris.date}, ${paris.hour}` : paris.hour,
          })}
          )
        </span>
      )}
    </time>
  )
}

/** Time left until a promise or a deadline, ticking; the exact moment on hover. */
export async function Due({
  at,
  now,
  timeZone = PARIS,
  soonSeconds,
}: {
  at: Date
  now: Date
  timeZone?: string
  soonSeconds?: number
}) {
  const locale = await getLocale()
  const t = await getTranslations('common')
  return (
    <Countdown
      at={at.toISOString()}
      now={now.toISOString()}
      locale={locale}
      words={{ ahead: t.raw('time.ahead'), overdue: t.raw('time.overdue') }}
      soonSeconds={soonSeconds}
      title={momentText(at, { now, locale, timeZone })}
    />
  )
}
