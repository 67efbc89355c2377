import { type Baseline, OVERSEAS_SHARE, PRIOR_SHARES } from './baseline.ts'
import { MINUTE } from './facts.ts'
import { wallClock } from './local-time.ts'
import { type Scope, territoriesIn } from './scopes.ts'

const HOUR = 60 * MINUTE
const WEEK_HOURS = 168

/** What is usual up to `at`, said once for all scopes and windows that end there. */
export type Usual = {
  /** Weight of distinct départements expected in a scope since `from`. */
  weight: (scope: Scope, from: number) => number
  ratePerYear: (scope: Scope) => number
  dispersion: (scope: Scope) => number
}

export function usualAt(baseline: Baseline, at: number): Usual {
  const { hourOfWeek, month } = wallClock(at)
  const season = baseline.months[month] ?? 1
  const perHour = (scope: Scope) =>
    ((scope.kind === 'outside' ? baseline.outsidePerDay : baseline.perDay) *
      shareOf(baseline, scope) *
      season) /
    24
  const sums = sumsOf(baseline.week)
  const within = hourOfWeek + (at % HOUR) / HOUR
  return {
    weight: (scope, from) => {
      const hours = within - (at - from) / HOUR
      const raw = perHour(scope) * (sumTo(sums, within) - sumTo(sums, hours))
      const reach = baseline.places * (isPlace(scope) ? shareOf(baseline, scope) : 1)
      return distinct(raw, Math.max(1.5, reach))
    },
    ratePerYear: (scope) => perHour(scope) * (baseline.week[hourOfWeek] ?? 1) * 24 * 365,
    dispersion: (scope) => baseline.dispersions[scope.kind],
  }
}

/** Of `raw` voices over `reach` places, the weight once each place counts once and its second service half. */
export function distinct(raw: number, reach: number): number {
  const places = reach * (1 - Math.exp(-raw / reach))
  return places + 0.4 * (raw - places)
}

/** What is expected of each hour of the day, on a day of the week and at its end. */
export function hoursOf({ perDay, week }: Baseline): { week: number; weekend: number }[] {
  const mean = (hour: number, days: readonly number[]) =>
    (perDay / 24) * (days.reduce((sum, day) => sum + (week[day * 24 + hour] ?? 1), 0) / days.length)
  return Array.from({ length: 24 }, (_, hour) => ({
    week: mean(hour, [0, 1, 2, 3, 4]),
    weekend: mean(hour, [5, 6]),
  }))
}

function isPlace(scope: Scope): boolean {
  return scope.kind === 'area' || scope.kind === 'zone' || isOverseas(scope)
}

function isOverseas(scope: Scope): boolean {
  return scope.kind === 'overseas' || scope.kind === 'basin'
}

export function shareOf(baseline: Baseline, scope: Scope): number {
  if (scope.kind === 'country' || scope.kind === 'outside') return 1
  // Overseas one that never spoke is taken to speak as one of them does on average.
  if (isOverseas(scope) && baseline.shares[scope.key] === undefined)
    return (baseline.shares[OVERSEAS_SHARE] ?? PRIOR_SHARES.overseas ?? 0.01) * territoriesIn(scope.name)
  return baseline.shares[scope.key] ?? baseline.shares[`${scope.kind}:*`] ?? PRIOR_SHARES[scope.kind] ?? 0.05
}

const sumsKept = new WeakMap<readonly number[], number[]>()

/** Running sums of the week, kept with it. */
function sumsOf(week: readonly number[]): number[] {
  const kept = sumsKept.get(week)
  if (kept) return kept
  const sums = [0]
  for (const one of week) sums.push((sums.at(-1) ?? 0) + one)
  sumsKept.set(week, sums)
  return sums
}

/** Sum from Monday 0 h to an hour, which may lie in the week before. */
function sumTo(sums: readonly number[], hour: number): number {
  const weeks = Math.floor(hour / WEEK_HOURS)
  const inWeek = hour - weeks * WEEK_HOURS
  const whole = Math.floor(inWeek)
  const [low, high] = [sums[whole] ?? 0, sums[whole + 1] ?? sums[WEEK_HOURS] ?? 0]
  return weeks * (sums[WEEK_HOURS] ?? WEEK_HOURS) + low + (inWeek - whole) * (high - low)
}
