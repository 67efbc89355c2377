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
/** Thresholds of the trade-off, in years. */
export const TRADE_OFF = [1 / 52, 1 / 24, 1 / 12, 1 / 5, 1 / 2, 1, 2, 5, 20]

export const LIVES = { services: ordinaryLife, places: otherLife } as const
export type Rehearsal = {
  days: number
  seeds: number
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
  tradeOff: { years: number; falsePerYear: number; medianMin: Record<string, number | null> }[]
}

/** Rehearses the rules on years of simulated life that they have not learnt from, and on failures laid over it. */
export function rehearse(asked: Rehearsal): Figures {
  const perDay = LEVELS[asked.level]
  const live = LIVES[asked.life]
  const learner = () => {
    const one = new Learner(priorFromDirectory(DIRECTORY))
    if (asked.historyDays > 0) {
      const from = BEGINS - asked.historyDays * DAY
      const past = live({ seed: 1000, from, days: asked.historyDays, perDay })
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
    tradeOff: TRADE_OFF.map((threshold) => ({
      years: threshold,
      falsePerYear: round(perYearAt(ordinary, threshold, years)),
      medianMin: Object.fromEntries(
        failures.map(({ failure, runs }) => [
          failure.name,
          delaysOf(
            runs.map(({ played, begins }) =>
              after(proposedAt(played, failure.name, threshold) ?? undefined, begins),
            ),
          ).median,
        ]),
      ),
    })),
  }
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
  return Array.from({ length: asked.seeds }, (_, index) => index + 1)
}

function after(at: number | undefined, begins: number): number | null {
  return at === undefined || at < begins ? null : (at - begins) / 60_000
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10
}
