import { DEPARTEMENTS } from '#db/reference/territories.ts'
import { type Chance, chance } from './chance.ts'
import type { Life } from './life.ts'
import type { Line } from './line.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const WHO = [
  ['control_room', 8],
  ['psap', 6],
  ['hospital', 5],
  ['municipality', 3],
  ['customer_care', 2],
  ['ambulance_service', 4],
  ['regional_authority', 2],
  ['duty officer', 2],
] as const
const WHAT = [
  ['UNKNOWN', 34],
  ['does not work', 8],
  ['NO_RING', 14],
  ['RING_NO_ANSWER', 8],
  ['INTERMITTENT', 10],
  ['MSG_CONGESTION', 6],
  ['TRANSFER_FAIL', 6],
  ['NO_AUDIO', 5],
  ['NO_CLI', 5],
  ['USER_BUSY', 4],
] as const

/**
 * Another ordinary life, made otherwise so that the rules are not tuned to one: moods of days that last, contagion (each report
 * calls others of its place after it), rooms that report in the morning what they saw at night, few fields filled, an
 * open vocabulary, and no weather but whole bad days of one area.
 */
export function otherLife(life: Life): Line[] {
  const luck = chance(life.seed + 50_000)
  const desk = chance(11)
  const places = DEPARTEMENTS.map((one) => ({ one, weight: desk.wait(1) + 0.05 }))
  const place = () => luck.weighted(places.map(({ one, weight }) => [one, weight] as const))
  const lines: Line[] = []
  let mood = 0
  for (let day = 0; day < life.days; day += 1) {
    mood = 0.7 * mood + 0.25 * (luck.between(-1, 1) + luck.between(-1, 1))
    const bad = luck.happens(0.02) ? place().zoneCode : null
    const from = life.from + day * DAY
    const weekend = [0, 6].includes(new Date(from + 12 * HOUR).getUTCDay())
    const first = luck.count((life.perDay / 1.5) * Math.exp(mood) * (weekend ? 0.6 : 1.12))
    for (let n = 0; n < first; n += 1) {
      const where = bad && luck.happens(0.4) ? inZone(luck, bad) : place().code
      spread(luck, from + hourOf(luck) * HOUR, where, lines, 0)
    }
  }
  return lines.filter((line) => line.at < life.from + life.days * DAY).sort((a, b) => a.at - b.at)
}

/** One report, and with some luck others after it: of the same place mostly, sometimes of a neighbour's number. */
function spread(luck: Chance, at: number, code: string, lines: Line[], depth: number): void {
  const kind = luck.weighted(WHO)
  const numbers = luck.happens(0.1)
    ? []
    : luck.happens(0.15)
      ? ['15', '18']
      : [luck.one(['15', '17', '18', '112'])]
  lines.push({
    ...{ at, organisation: `${kind}/${code}/${Math.floor(luck.between(0, 3))}`, reporterKind: kind },
    ...{ territory: code, numbers, symptom: luck.weighted(WHAT), verified: luck.happens(0.88) },
    operator: luck.happens(0.12) ? luck.one(['Red', 'Green', 'Blue', 'several', 'MVNO']) : null,
    technology: luck.happens(0.2) ? luck.one(['mobile', 'landline', 'voip']) : null,
    ordinaryCallsWork: luck.happens(0.2) ? luck.happens(0.6) : null,
  })
  for (let child = luck.count(depth > 2 ? 0 : 0.33); child > 0; child -= 1) {
    const near = luck.happens(0.85) ? code : luck.one(DEPARTEMENTS).code
    spread(luck, at + luck.wait(40) * MINUTE, near, lines, depth + 1)
  }
}

/** Eight in the morning when rooms hand over, then the afternoon; almost nothing at night. */
function hourOf(luck: Chance): number {
  if (luck.happens(0.3)) return 7 + luck.between(0, 2)
  return luck.happens(0.85) ? luck.between(9, 22) : luck.between(0, 24)
}

function inZone(luck: Chance, zone: string): string {
  return luck.one(DEPARTEMENTS.filter((one) => one.zoneCode === zone)).code
}
