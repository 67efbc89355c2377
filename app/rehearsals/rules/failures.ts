import { type Chance, chance } from './chance.ts'
import { centreOf, MAINLAND, OPERATORS, OVERSEAS, SERVICES, type Service } from './life.ts'
import type { Line } from './line.ts'

const MINUTE = 60_000

/** Who reports, and how soon: 'keen' rooms that watch their inflow; 'late' ones that wait and say little. */
type Manner = { share: number; medianMin: number; spread: number; vague: number }
const KEEN: Manner = { share: 0.33, medianMin: 25, spread: 0.8, vague: 0.1 }
const LATE: Manner = { share: 0.1, medianMin: 80, spread: 0.9, vague: 0.8 }

export type Failure = {
  name: string
  /** Hour of the day it begins, Paris; null: drawn. */
  hour: number | null
  /** Aim in minutes from the beginning (median); null: none was set. */
  aimMin: number | null
  tell: (luck: Chance) => Told[]
}

type Told = Omit<Line, 'at'> & { afterMin: number }

const everywhere =
  (manner: Manner, more: Partial<Line> = {}) =>
  (luck: Chance) =>
    MAINLAND.flatMap((place) => told(luck, place.code, SERVICES, manner, more))

/** The families of the issue: what can fail, as it is heard. Every rate is an assumption. */
export const FAILURES: Failure[] = [
  ...([16.75, 3, 9, 20] as const).map((hour) => ({
    name: `national-11-${String(Math.floor(hour)).padStart(2, '0')}h-keen`,
    hour,
    aimMin: hour === 16.75 ? 12 : 15,
    tell: everywhere(KEEN),
  })),
  { name: 'national-11-any-keen', hour: null, aimMin: 15, tell: everywhere(KEEN) },
  { name: 'national-11-03h-late', hour: 3, aimMin: 90, tell: everywhere(LATE) },
  {
    ...{ name: 'one-operator', hour: null, aimMin: null },
    tell: (luck) => {
      const operator = luck.one(OPERATORS)
      const manner = { share: 0.05, medianMin: 60, spread: 0.9, vague: 0.1 }
      return MAINLAND.flatMap((place) =>
        told(luck, place.code, SERVICES, manner, luck.happens(0.8) ? { operator } : {}),
      )
    },
  },
  {
    ...{ name: 'one-number', hour: null, aimMin: null },
    tell: (luck) => {
      const manner = { share: 0.3, medianMin: 35, spread: 0.8, vague: 0.05 }
      const [kind, numbers] = luck.one([SERVICES[0], SERVICES[1]])
      return MAINLAND.flatMap((place) => told(luck, place.code, [[kind, [numbers[0]]]] as never, manner))
    },
  },
  {
    ...{ name: 'one-technology', hour: null, aimMin: null },
    tell: (luck) => {
      const manner = { share: 0.05, medianMin: 50, spread: 0.9, vague: 0.1 }
      return MAINLAND.flatMap((place) =>
        told(luck, place.code, SERVICES, manner, luck.happens(0.7) ? { technology: 'volte' } : {}),
      )
    },
  },
  { name: 'one-region-keen', hour: null, aimMin: 30, tell: region({ ...KEEN, share: 0.45 }) },
  { name: 'one-region-late', hour: null, aimMin: 75, tell: region({ ...LATE, share: 0.25, medianMin: 60 }) },
  {
    ...{ name: 'slow-onset', hour: null, aimMin: null },
    tell: (luck) =>
      MAINLAND.flatMap((place) =>
        told(luck, place.code, SERVICES, { share: 0.12, medianMin: 1, spread: 0, vague: 0.2 }).map((one) => ({
          ...one,
          // Ever more of the network over eight hours: few at first.
          afterMin: 480 * Math.sqrt(luck.next()),
        })),
      ),
  },
  {
    ...{ name: 'overseas', hour: null, aimMin: 20 },
    tell: (luck) => {
      const place = luck.one(OVERSEAS.slice(0, 5))
      return told(luck, place.code, SERVICES, { share: 0.7, medianMin: 18, spread: 0.7, vague: 0.1 })
    },
  },
  {
    ...{ name: 'reunion-mayotte', hour: null, aimMin: 20 },
    tell: (luck) =>
      OVERSEAS.filter((one) => ['974', '976'].includes(one.code)).flatMap((place) =>
        told(luck, place.code, SERVICES, { share: 0.5, medianMin: 30, spread: 0.8, vague: 0.2 }),
      ),
  },
]

function region(manner: Manner) {
  return (luck: Chance) => {
    const { regionCode } = luck.one(MAINLAND.filter((one) => one.regionCode !== 'R94'))
    return MAINLAND.filter((one) => one.regionCode === regionCode).flatMap((place) =>
      told(luck, place.code, SERVICES, manner),
    )
  }
}

function told(
  luck: Chance,
  code: string,
  services: readonly Service[],
  manner: Manner,
  more: Partial<Line> = {},
): Told[] {
  return services.flatMap(([kind, numbers]) => {
    if (!luck.happens(manner.share)) return []
    const vague = luck.happens(manner.vague)
    const symptom = vague
      ? 'UNKNOWN'
      : luck.one(['INBOUND_DROP', 'INTERMITTENT', 'NO_RING', 'DROP_MIDCALL', 'FAST_BUSY'])
    return [
      {
        ...{ afterMin: 2 + luck.delay(manner.medianMin, manner.spread), organisation: centreOf(kind, code) },
        ...{
          reporterKind: kind,
          territory: code,
          numbers: [...numbers],
          symptom,
          verified: luck.happens(0.95),
        },
        ...more,
      },
    ]
  })
}

/** The reports of one failure that begins at `begins`, each marked with its name. */
export function failureAt(failure: Failure, begins: number, seed: number): Line[] {
  return failure
    .tell(chance(seed))
    .map(({ afterMin, ...said }) => ({
      ...said,
      at: begins + Math.round(afterMin * MINUTE),
      truth: failure.name,
    }))
    .sort((a, b) => a.at - b.at)
}
