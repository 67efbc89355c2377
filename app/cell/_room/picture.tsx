import { getLocale, getTranslations } from 'next-intl/server'
import { hourText } from '#app/_i18n/time.ts'
import { curveUntil } from '#app/incidents/rules/curve.ts'
import { Bars } from '#components/bars.tsx'
import { type MapState, TileMap } from '#components/tile-map.tsx'
import { MAINLAND, MAP_OUTLINES, MAP_TILES } from '#db/reference/map.ts'
import type { GridSaid, Look } from './grid-words.ts'
import { CURVE_MIN, type Room } from './query.ts'

const PATHS = MAP_OUTLINES.map(({ code, name }) => ({ code, name, href: `/cell/outlines#d${code}` }))
const BAR_MIN = 5

const TONES: Record<Look, MapState['tone']> = {
  n1: 'n1',
  n2: 'n2',
  n3: 'n3',
  n4: 'n4',
  ok: 'ok',
  warn: 'n1',
  calm: 'none',
}

/** Where and since when, small: the grid beside it says the same in words. */
export async function RoomPicture({
  room,
  said,
  now,
  wall = false,
}: {
  room: Room
  said: GridSaid
  now: Date
  wall?: boolean
}) {
  const [t, locale] = [await getTranslations('room'), await getLocale()]
  const touched = said.flatMap(({ key, name, cells: [worst] }) =>
    worst ? [{ key, name, said: worst[1] }] : [],
  )
  const states = Object.fromEntries(
    touched.map(({ key, said: { look, level, foot } }) => [
      key,
      { tone: TONES[look], text: [level, foot].filter(Boolean).join(' · ') },
    ]),
  )
  const failing = touched.filter(({ said: { look } }) => /^n/.test(look)).length
  const { bars } = curveUntil(room.instants, now.getTime(), BAR_MIN, CURVE_MIN / BAR_MIN)
  const colon = (await getTranslations('common'))('colon')
  const reports = t('curve_text', { count: room.instants.length })
  return (
    <div className={`grid content-start ${wall ? 'gap-1' : 'gap-4 sm:max-2xl:grid-cols-2'}`} data-picture>
      <section aria-labelledby="room-map">
        <h2 id="room-map" className={wall ? 'sr-only' : 'flex min-h-9 items-center text-lg'}>
          {t('map')}
        </h2>
        <TileMap
          label={`${t('map')}${colon}${t('map_text', { count: failing })}`}
          viewBox={MAINLAND}
          paths={PATHS}
          tiles={MAP_TILES.filter(({ code }) => states[code])}
          states={states}
          look={wall ? 'max-h-28' : 'max-h-56'}
        />
        <p className="text-sm text-soft">{t('map_text', { count: failing })}</p>
      </section>
      <section aria-labelledby="room-curve">
        <h2 id="room-curve" className={wall ? 'sr-only' : 'flex min-h-9 items-center text-lg'}>
          {t('curve')}
        </h2>
        <Bars counts={bars.map(({ count }) => count)} label={reports} look={wall ? 'h-10' : 'h-20'} />
        <p className="flex justify-between gap-2 text-sm text-soft tabular-nums">
          <span>{hourText(new Date(bars[0]?.from ?? now), locale)}</span>
          <span>{wall ? t('curve_short', { count: room.instants.length }) : reports}</span>
          <span>{hourText(now, locale)}</span>
        </p>
      </section>
    </div>
  )
}
