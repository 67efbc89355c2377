import { priorFromDirectory } from '#app/incidents/rules/baseline.ts'
import { Learner } from '#app/incidents/rules/learning.ts'
import type { WatchLimits } from '#app/incidents/rules/watch.ts'
import { chance } from './chance.ts'
import { FAILURES, type Failure, failureAt } from './failures.ts'
import { LEVELS, type Level, ordinaryLife } from './life.ts'
import { otherLife } from './life-otherwise.ts'
import type { Line } from './line.ts'
import { type Played, play, saidOf } from './play.ts'
import { type Delays, delaysOf, perYearAt, proposedAt } from './score.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BEGINS = Date.parse('2025-01-06T00:00:00+01:00')
/** Of each failure and seed: so many, each on another day. */
const TIMES = 8
/** Ordinary life around a failure. */
const [BEFORE_DAYS, AFTER_DAYS] = [2, 1]
/** Size of the directory a simulated desk is taken to have. */
const DIRECTORY = 560
/** The desk's own past, drawn from another seed than any year it is judged on. */
const PAST_SEED = 999
/** Thresholds of the trade-off, in days; the one in force stands between them. */
const TRADE_OFF_DAYS = [7, 15, 30, 40, 75, 120, 180, 365, 730, 1825]

export const LIVES = { services: ordinaryLife, places: otherLife } as const
export type Rehearsal = {
  days: number
  seeds: number
  /** The first of them; with it another desk with another past, and other failures. */
  firstSeed?: number
  level: Level
  failure: string | null
  life: keyof typeof LIVES
  /** Days of past the desk has heard before. */
  historyDays: number
  limits: WatchLimits
}

export type Figures = {
  simulated: true
  level: string
  reportsPerDay: number
  years: number
  falseProposalsPerYear: number
  falseActivationsPerYear: number
  failures: { name: string; aimMin: number | null; proposed: Delays; activated: Delays }[]
  /** What other first thresholds would have done; the account at the one in force stands among them. */
  tradeOff: { years: number; inForce: boolean; falsePerYear: number; failures: Record<string, Delays> }[]
}

/** Rehearses the rules on years of simulated life that they have not learnt from, and on failures laid over it. */
export function rehearse(asked: Rehearsal): Figures {
  const perDay = LEVELS[asked.level]
  const live = LIVES[asked.life]
  const learner = () => {
    const one = new Learner(priorFromDirectory(DIRECTORY))
    if (asked.historyDays > 0) {
      const from = BEGINS - asked.historyDays * DAY
      const past = live({ seed: PAST_SEED + (asked.firstSeed ?? 1), from, days: asked.historyDays, perDay })
      one.read(
        saidOf(past).map(({ voice }) => voice),
        { from, to: BEGINS },
      )
    }
    return one
  }
  const lives = seedsOf(asked).map((seed) => live({ seed, from: BEGINS, days: asked.days, perDay }))
  const ordinary = asked.failure ? [] : lives.map((lines) => play(saidOf(lines), learner(), asked.limits))
  const years = (asked.seeds * asked.days) / 365
  // '' is no failure at all: ordinary life alone.
  const chosen =
    asked.failure === '' ? [] : FAILURES.filter((one) => one.name.startsWith(asked.failure ?? ''))
  const settled = learner()
  const failures = chosen.map((failure) => ({ failure, runs: runsOf(asked, failure, settled) }))
  const count = (of: (one: Played) => number[]) =>
    round(ordinary.reduce((sum, one) => sum + of(one).length, 0) / years)
  return {
    ...{ simulated: true, level: `${asked.level} (${asked.life})`, years: round(years) },
    reportsPerDay: round(lives.reduce((sum, lines) => sum + lines.length, 0) / (asked.seeds * asked.days)),
    falseProposalsPerYear: count((one) => one.falseProposals),
    falseActivationsPerYear: count((one) => one.falseActivations),
    failures: failures.map(({ failure, runs }) => ({
      ...{ name: failure.name, aimMin: failure.aimMin },
      proposed: delaysOf(runs.map(({ played, begins }) => after(played.proposed.get(failure.name), begins))),
      activated: delaysOf(
        runs.map(({ played, begins }) => after(played.activated.get(failure.name), begins)),
      ),
    })),
    tradeOff: tradeOff(asked.limits, (threshold) => ({
      falsePerYear: round(perYearAt(ordinary, threshold, years)),
      failures: Object.fromEntries(
        failures.map(({ failure, runs }) => [
          failure.name,
          delaysOf(
            runs.map(({ played, begins }) =>
              after(proposedAt(played, failure.name, threshold) ?? undefined, begins),
            ),
          ),
        ]),
      ),
    })),
  }
}

/** What each threshold would have done, the one in force among them. */
export function tradeOff(
  { proposeYears }: WatchLimits,
  at: (years: number) => Pick<Figures['tradeOff'][number], 'falsePerYear' | 'failures'>,
): Figures['tradeOff'] {
  const all = [...new Set([...TRADE_OFF_DAYS.map((days) => days / 365), proposeYears])]
  return all.sort((a, b) => a - b).map((years) => ({ years, inForce: years === proposeYears, ...at(years) }))
}

type Run = { played: Played; begins: number }

/** The failure on other days and hours, over another ordinary life each time. */
function runsOf(asked: Rehearsal, failure: Failure, learner: Learner): Run[] {
  const live = LIVES[asked.life]
  return seedsOf(asked).flatMap((seed) =>
    Array.from({ length: TIMES }, (_, time) => {
      const luck = chance(seed * 1009 + time * 31 + 5)
      const day = Math.floor(luck.between(0, 300))
      const hour = failure.hour ?? luck.between(0, 24)
      const from = BEGINS + day * DAY
      const begins = from + BEFORE_DAYS * DAY + hour * HOUR
      const days = BEFORE_DAYS + 1 + AFTER_DAYS
      const ordinary = live({ seed: seed * 7919 + time, from, days, perDay: LEVELS[asked.level] })
      const lines: Line[] = [...ordinary, ...failureAt(failure, begins, seed * 104_729 + time)]
      const frozen = new Learner(0)
      frozen.learnt = learner.learnt
      return { played: play(saidOf(lines.sort((a, b) => a.at - b.at)), frozen, asked.limits, false), begins }
    }),
  )
}

function seedsOf(asked: Rehearsal): number[] {
  return Array.from({ length: asked.seeds }, (_, index) => index + (asked.firstSeed ?? 1))
}

function after(at: number | undefined, begins: number): number | null {
  return at === undefined || at < begins ? null : (at - begins) / 60_000
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10
}
