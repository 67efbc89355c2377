import { dispersionsOf } from './dispersion.ts'
import { MINUTE } from './facts.ts'
import type { Voice } from './heard.ts'
import { wallClock } from './local-time.ts'
import { type ScopeKind, territoriesIn } from './scopes.ts'
import { capped, type Weighed } from './weighed.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK_HOURS = 168

/**
 * What this desk hears when nothing happens: the weight of voices by hour and weekday, month, and the share of each
 * scope. Learnt from its own past and never from an exercise.
 */
export type Baseline = {
  /** Days of history it rests on; 0: only the size of the directory. */
  days: number
  /** Weight of voices a day, of the network's own and of those that name an outside cause. */
  perDay: number
  outsidePerDay: number
  /** Multipliers around 1: 168 hours from Monday 0 h, 12 months. */
  week: number[]
  months: number[]
  /**
   * Variance over mean of three hours, by what is counted: 1 for chance alone, more where reports come in bunches. A day on which
   * all of the country is restless shows in the country, and hardly in one region of it.
   */
  dispersions: Record<ScopeKind, number>
  /** How many départements would speak if all spoke alike: beyond, one more report is seldom one more place. */
  places: number
  /** Part of the weight that falls in a scope, by its key. */
  shares: Record<string, number>
}

/** Weight of the prior, in days of history: a desk's own first days soon say more than the size of its directory. */
const PRIOR_DAYS = 1
/** Half of the level comes from the last so many days. */
const HALF_LIFE_DAYS = 60
const HOUR_PRIOR = 12
const MONTH_PRIOR = 60
const SHARE_PRIOR = 20

/** Of the day, before any history: emergency calls are few at night and peak at nineteen hours. */
const PRIOR_HOURS = [
  ...[
    0.4, 0.35, 0.3, 0.3, 0.3, 0.4, 0.6, 0.9, 1.2, 1.3, 1.3, 1.3, 1.2, 1.2, 1.3, 1.3, 1.4, 1.4, 1.5, 1.5, 1.3,
  ],
  ...[1, 0.7, 0.5],
]
export const PRIOR_SHARES: Record<string, number> = {
  number: 0.4,
  technology: 0.2,
  tested: 0.2,
  operator: 0.02,
  network: 0.004,
  area: 0.06,
  zone: 0.1,
  overseas: 0.01,
}

/** What one territory overseas has on average. */
export const OVERSEAS_SHARE = 'overseas:*'
const OVERSEAS_TERRITORIES = 8
/** A territory overseas is small, its own past says little: it weighs as much as so many voices of an average one. */
const OVERSEAS_PRIOR = 2

/** What is usual before any history: from how many the directory holds. */
export function priorBaseline(perDay: number): Baseline {
  return learn([], { from: 0, to: 0 }, perDay)
}

/** Voices a day that a directory of so many organisations is likely to bring: about one in eighty speaks each day. */
export function priorFromDirectory(organisations: number): number {
  return Math.min(12, Math.max(4, organisations / 80))
}

/** Reads the desk's past, in order; `priorPerDay` fills what it does not say. */
export function learn(
  past: readonly Voice[],
  span: { from: number; to: number },
  priorPerDay: number,
): Baseline {
  const days = Math.max(0, (span.to - span.from) / DAY)
  const weighed = capped(past, span)
  const own = weighed.filter((one) => !one.voice.outside)
  const outside = weighed.filter((one) => one.voice.outside)
  const week = weekOf(own)
  const months = days < 330 ? Array.from({ length: 12 }, () => 1) : monthsOf(own, span)
  const shares = sharesOf(own)
  const level = (of: Weighed[], prior: number) => levelOf(of, span, days, prior, months)
  const perDay = level(own, priorPerDay)
  const outsidePerDay = level(outside, priorPerDay / 5)
  return {
    ...{ days, perDay, outsidePerDay, week, months },
    dispersions: dispersionsOf(own, outside, span, { perDay, outsidePerDay, week, shares }),
    places: placesOf(own),
    shares,
  }
}

function levelOf(
  of: readonly Weighed[],
  span: { to: number },
  days: number,
  prior: number,
  months: readonly number[],
): number {
  const decay = Math.LN2 / HALF_LIFE_DAYS
  let sum = 0
  for (const { voice, weight } of of)
    sum +=
      (weight / (months[wallClock(voice.at).month] ?? 1)) * Math.exp((-decay * (span.to - voice.at)) / DAY)
  const exposure = (1 - Math.exp(-decay * days)) / decay
  return (prior * PRIOR_DAYS + sum) / (PRIOR_DAYS + exposure)
}

/** Hour shape and weekday shape, each shrunk towards what it would be without history, multiplied. */
function weekOf(of: readonly Weighed[]): number[] {
  const [hours, weekdays] = [zeros(24), zeros(7)]
  let total = 0
  for (const { voice, weight } of of) {
    const { hourOfWeek } = wallClock(voice.at)
    hours[hourOfWeek % 24] = (hours[hourOfWeek % 24] ?? 0) + weight
    weekdays[Math.floor(hourOfWeek / 24)] = (weekdays[Math.floor(hourOfWeek / 24)] ?? 0) + weight
    total += weight
  }
  const shrunk = (sum: number, slots: number, prior: number, pseudo: number) =>
    (sum + pseudo * prior) / (total / slots + pseudo)
  const day = normal(
    hours.map((sum, hour) => {
      // Neighbouring hours lend each other a quarter: an hour is not a wall.
      const near = 0.5 * sum + 0.25 * ((hours[(hour + 1) % 24] ?? 0) + (hours[(hour + 23) % 24] ?? 0))
      return shrunk(near, 24, PRIOR_HOURS[hour] ?? 1, HOUR_PRIOR)
    }),
  )
  const of7 = normal(weekdays.map((sum) => shrunk(sum, 7, 1, 2 * HOUR_PRIOR)))
  return Array.from(
    { length: WEEK_HOURS },
    (_, hour) => (day[hour % 24] ?? 1) * (of7[Math.floor(hour / 24)] ?? 1),
  )
}

function monthsOf(of: readonly Weighed[], span: { from: number; to: number }): number[] {
  const [sums, days] = [zeros(12), zeros(12)]
  for (let at = span.from; at < span.to; at += DAY)
    days[wallClock(at).month] = (days[wallClock(at).month] ?? 0) + 1
  let total = 0
  for (const { voice, weight } of of) {
    const { month } = wallClock(voice.at)
    sums[month] = (sums[month] ?? 0) + weight
    total += weight
  }
  const perDay = total / days.reduce((a, b) => a + b, 0) || 1
  return normal(sums.map((sum, month) => (sum + MONTH_PRIOR) / (perDay * (days[month] ?? 0) + MONTH_PRIOR)))
}

function placesOf(of: readonly Weighed[]): number {
  const sums = new Map<string, number>()
  for (const { voice, weight } of of) sums.set(voice.place.code, (sums.get(voice.place.code) ?? 0) + weight)
  const all = [...sums.values()]
  const total = all.reduce((a, b) => a + b, 0)
  const squares = all.reduce((a, b) => a + b * b, 0)
  // Before a hundred voices have spoken, the size of the country says more.
  return squares === 0 ? 80 : (80 * 100 + ((total * total) / squares) * total) / (100 + total)
}

/** Share of each scope, shrunk towards the usual share of its kind. */
function sharesOf(of: readonly Weighed[]): Record<string, number> {
  const sums = new Map<string, number>()
  let total = 0
  for (const { voice, weight } of of) {
    total += weight
    for (const { key, kind } of voice.scopes) {
      if (kind !== 'country' && kind !== 'outside') sums.set(key, (sums.get(key) ?? 0) + weight)
    }
  }
  const shrunk = (sum: number, kind: string) =>
    (sum + SHARE_PRIOR * (PRIOR_SHARES[kind] ?? 0)) / (total + SHARE_PRIOR)
  const overseas = [...sums]
    .filter(([key]) => /^overseas:9\d/.test(key))
    .reduce((sum, [, one]) => sum + one, 0)
  sums.set(OVERSEAS_SHARE, overseas / OVERSEAS_TERRITORIES)
  const average = shrunk(overseas / OVERSEAS_TERRITORIES, 'overseas')
  const shareOf = (key: string, sum: number) => {
    const [kind = '', code = ''] = key.split(':')
    if (code === '*' || (kind !== 'overseas' && kind !== 'basin')) return shrunk(sum, kind)
    return (sum + OVERSEAS_PRIOR * territoriesIn(code)) / (total + OVERSEAS_PRIOR / average)
  }
  return Object.fromEntries([
    ...Object.keys(PRIOR_SHARES).map((kind) => [`${kind}:*`, shrunk(0, kind)] as const),
    ...[...sums].map(([key, sum]) => [key, shareOf(key, sum)] as const),
  ])
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0)
}

function normal(numbers: readonly number[]): number[] {
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length
  return numbers.map((one) => one / mean)
}
