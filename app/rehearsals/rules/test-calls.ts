import {
  areaOf,
  COUNTRY,
  nothingHeard,
  PooledWatch,
  scopesOfCall,
  type TestCall,
  type UsualCalls,
} from '#app/supervision/rules/cusum.ts'
import { DEPARTEMENTS } from '#db/reference/territories.ts'
import { type Chance, chance } from './chance.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A plan of test calls and what befalls it: every rate is an assumption. */
export type TestLife = {
  seed: number
  days: number
  perMinute: number
  /** Single calls that fail for no reason, and destinations that fail for a while, each day. */
  share: number
  faultsPerDay: number
  loss?: Loss
}
/** From its minute on, so many of the calls of a scope are lost. */
export type Loss = {
  fromMin: number
  share: number
  of: { territory?: string; operator?: string; area?: string; number?: string }
}

const OPERATORS = ['alpha', 'bravo', 'charlie', 'delta'] as const
const TECHNOLOGIES = ['trunk', 'volte', 'box'] as const
const NUMBERS = ['15', '17', '18', '112'] as const
/** Twelve probes: three of each operator. */
const PROBES = Array.from({ length: 12 }, (_, n) => ({
  name: `p${n}`,
  operator: OPERATORS[n % 4] as string,
  technology: TECHNOLOGIES[n % 3] as string,
}))

/** Everything that is called, in turn, each time by another probe. */
const CELLS = NUMBERS.flatMap((number) =>
  DEPARTEMENTS.map(({ code }) => ({ territory: code, area: areaOf(code), number })),
)

/** The calls of a life in their order. */
export function* testLife(life: TestLife): Generator<TestCall> {
  const luck = chance(life.seed)
  const faults = faultsOf(life, luck)
  const order = inTurn(luck)
  const step = MINUTE / life.perMinute
  const end = life.days * DAY
  for (let at = 0, n = 0; at < end; at += step, n += 1) {
    const cell = order[n % order.length] as (typeof CELLS)[number]
    const probe = PROBES[(n + Math.floor(n / order.length)) % PROBES.length] as (typeof PROBES)[number]
    const call = { ...cell, probe: probe.name, operator: probe.operator, technology: probe.technology, at }
    const lost = isLost(life.loss, call) && luck.happens(life.loss?.share ?? 0)
    const broken = faults.some((one) => at >= one.from && at < one.to && one.hits(call))
    yield { ...call, failed: lost || broken || luck.happens(life.share) }
  }
}

export function isLost(loss: Loss | undefined, call: Omit<TestCall, 'failed'>): boolean {
  if (!loss || call.at < loss.fromMin * MINUTE) return false
  const { territory, operator, area, number } = loss.of
  return (
    (territory ?? call.territory) === call.territory &&
    (operator ?? call.operator) === call.operator &&
    (area ?? call.area) === call.area &&
    (number ?? call.number) === call.number
  )
}

type Fault = { from: number; to: number; hits: (call: Omit<TestCall, 'failed'>) => boolean }

/** Destinations that are down for a while, a whole platform now and then, and a probe that loses its own access once a week. */
function faultsOf(life: TestLife, luck: Chance): Fault[] {
  const made: Fault[] = []
  const at = () => luck.between(0, life.days * DAY)
  for (let n = luck.count(life.faultsPerDay * life.days); n > 0; n -= 1) {
    const [cell, from, platform] = [luck.one(CELLS), at(), luck.happens(0.2)]
    const to = from + luck.delay(40, 0.8) * MINUTE
    made.push({
      from,
      to,
      hits: (call) => call.territory === cell.territory && (platform || call.number === cell.number),
    })
  }
  for (let n = luck.count(life.days / 7); n > 0; n -= 1) {
    const [probe, from] = [luck.one(PROBES).name, at()]
    made.push({ from, to: from + luck.delay(25, 0.8) * MINUTE, hits: (call) => call.probe === probe })
  }
  return made
}

/** Number by number through the territories: what a place answers is tried at even intervals (app/supervision/commands/tell-runner.ts). */
function inTurn(luck: Chance): typeof CELLS {
  const rank = new Map(DEPARTEMENTS.map(({ code }) => [code, luck.next()]))
  const rankOf = ({ territory }: (typeof CELLS)[number]) => rank.get(territory) ?? 0
  return NUMBERS.flatMap((number) =>
    CELLS.filter((cell) => cell.number === number).sort((a, b) => rankOf(a) - rankOf(b)),
  )
}

/** What a plan of such calls usually says of each scope: as the desk learns it from its windows. */
export function usualOf({
  perMinute,
  share,
}: Pick<TestLife, 'perMinute' | 'share'>): Record<string, UsualCalls> {
  const counts = new Map<string, number>()
  for (const cell of CELLS)
    for (const probe of PROBES)
      for (const key of scopesOfCall({ ...cell, ...probe, probe: probe.name }))
        counts.set(key, (counts.get(key) ?? 0) + 1)
  const all = counts.get(COUNTRY) ?? 1
  return Object.fromEntries(
    [...counts].map(([key, n]) => [key, { share: share * 1.5, perYear: (perMinute * 525_600 * n) / all }]),
  )
}

export type Found = { key: string; kind: string; minutes: number }

/** Plays a life through the watch: what was named, and how many minutes after `fromMin`. */
export function playCalls(life: TestLife, years: number): Found[] {
  const watch = new PooledWatch(nothingHeard(), usualOf(life))
  const found: Found[] = []
  for (const call of testLife(life)) {
    watch.hear(call)
    if (!call.failed) continue
    const alarm = watch.alarm(call.at, years)
    if (alarm)
      found.push({ key: alarm.key, kind: alarm.kind, minutes: call.at / MINUTE - (life.loss?.fromMin ?? 0) })
  }
  return found
}
