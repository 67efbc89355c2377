import { SCOPE_KINDS } from './scopes.ts'

const YEAR_MS = 365 * 24 * 3_600_000
/** Of one day only the rarest coincidence counts: a bad day in the past is one, and not as many as it had hours. */
const ONE_PEAK_MS = 24 * 3_600_000

export const SCAN_KINDS = [...SCOPE_KINDS, 'slow'] as const
export type ScanKind = (typeof SCAN_KINDS)[number]

/**
 * How often a score is reached on ordinary days: log10 of times a year is `rate - slope × (score - from)`. A score is minus
 * log10 of the yearly rate that chance alone would give one window of one scope; the desk's own past says how much more
 * often bunches, chronic faults, and the many windows looked at make one.
 */
export type Tail = { from: number; rate: number; slope: number; beyond: number }
export type Tails = Record<ScanKind | 'all', Tail>

/** Before a desk has a past of its own: what simulated years at eight reports a day show of each kind, five times a year. */
const first = (from: number, slope: number): Tail => ({
  ...{ from, rate: Math.log10(5), slope, beyond: slope },
})
export const FIRST_TAILS: Tails = {
  ...{ country: first(-0.3, 0.9), number: first(-0.2, 0.95), slow: first(-0.9, 1) },
  ...{ area: first(1.1, 0.5), zone: first(1.1, 0.5) },
  ...{
    operator: first(-0.4, 0.7),
    network: first(-0.4, 0.7),
    tested: first(-0.2, 0.9),
    technology: first(0, 0.7),
    // With care: two rooms that tell it alike are one fault to a desk without a past.
    overseas: first(1.4, 0.66),
    basin: first(-0.5, 0.6),
    outside: first(1, 0.3),
  },
  all: first(0.1, 1),
}

/**
 * How the alarms of ordinary days are shared out between the kinds: most to what a failure of the network must show in, least to
 * weather. In powers of ten; the account of all kinds together is read after it.
 */
const SHARE: Record<ScanKind, number> = {
  ...{ country: 0, number: -0.1, area: 1, zone: 0, slow: -0.6 },
  ...{
    operator: -0.3,
    network: 0,
    technology: -0.3,
    tested: -0.2,
    overseas: 1.2,
    basin: 1.2,
    outside: -0.8,
  },
}

/** Minus log10 of times a year. */
export function calibrated(tail: Tail, score: number): number {
  const over = score - tail.from
  return (over < 0 ? tail.slope : tail.beyond) * over - tail.rate
}

/** Once in how many years a coincidence as rare as this one happens here. */
export function yearsOf(tails: Tails, kind: ScanKind, score: number): number {
  return 10 ** calibrated(tails.all, calibrated(tails[kind], score) + SHARE[kind])
}

/** The highest score of a bunch of findings, of one kind. */
export type Peak = { kind: ScanKind; at: number; score: number }

/** Peaks below are not kept: one every other week is what the fit reads at most. */
export const LOWEST_PEAK = -2

/** Adds a finding to the peaks: of each day and kind only the highest. Findings come in the order of their instants. */
export function keepPeak(peaks: Peak[], newest: Map<ScanKind, Peak>, peak: Peak): void {
  if (peak.score < LOWEST_PEAK) return
  const last = newest.get(peak.kind)
  if (last && blockOf(last.at) === blockOf(peak.at)) {
    last.score = Math.max(last.score, peak.score)
    return
  }
  const fresh = { ...peak }
  newest.set(peak.kind, fresh)
  peaks.push(fresh)
}

function blockOf(at: number): number {
  return Math.floor(at / ONE_PEAK_MS)
}

/** How much the first tails weigh, in years of history. */
const FIRST_YEARS = 0.15
/** Read between thirty and five times a year: often enough to be counted, and rarer than any crisis that hides in the past. */
const [OFTEN, SELDOM] = [30, 5]
const RARE = 2
const SLOPES = { least: 0.15, most: 1 }
/** A heavy tail is believed down to this part of the slope before it: one crisis hidden in the past must not hide the next. */
const LEAST_BEYOND = 0.4
/** Where few may speak at all (overseas), what is told twice is common and what is told three times is not: the tail ends sooner. */
const MOST_BEYOND = 1.5
/** A past fits itself better than the year to come: what a year makes five of, the next makes eight, and a quarter more yet (measured). */
const outOfSample = (years: number) => Math.log10(1 + 0.5 / Math.sqrt(years + FIRST_YEARS))

/** Reads the tails from the peaks of the past; little past leaves them near the first ones. */
export function tailsOf(peaks: readonly Peak[], spanMs: number): Tails {
  const years = spanMs / YEAR_MS
  const read = (scores: number[], first: Tail, inflation = 0) => fitted(scores, years, first, inflation)
  const kinds = Object.fromEntries(
    SCAN_KINDS.map((kind) => [
      kind,
      read(
        peaks.filter((one) => one.kind === kind).map((one) => one.score),
        FIRST_TAILS[kind],
      ),
    ]),
  ) as Record<ScanKind, Tail>
  return { ...kinds, all: read(together(peaks, kinds), FIRST_TAILS.all, outOfSample(years)) }
}

/** One coincidence seen through several scopes is one: the rarest reading of each bunch. */
function together(peaks: readonly Peak[], tails: Record<ScanKind, Tail>): number[] {
  const found: { at: number; score: number }[] = []
  for (const peak of [...peaks].sort((a, b) => a.at - b.at)) {
    const score = calibrated(tails[peak.kind], peak.score) + SHARE[peak.kind]
    const last = found.at(-1)
    if (last && blockOf(last.at) === blockOf(peak.at)) last.score = Math.max(last.score, score)
    else found.push({ at: peak.at, score })
  }
  return found.map((one) => one.score)
}

function fitted(scores: number[], years: number, first: Tail, inflation = 0): Tail {
  const sorted = [...scores].sort((a, b) => b - a)
  const perYear = (score: number) =>
    (countAbove(sorted, score) + FIRST_YEARS * 10 ** -calibrated(first, score)) / (years + FIRST_YEARS)
  const most = Math.min(OFTEN, perYear(LOWEST_PEAK) * 0.8)
  const least = Math.min(SELDOM, most / 3)
  const often = scoreAt(perYear, most)
  const seldom = Math.max(scoreAt(perYear, least), often + 0.05)
  const slope = Math.log10(most / least) / (seldom - often)
  const held = Math.min(SLOPES.most, Math.max(SLOPES.least, slope))
  const rare = Math.max(scoreAt(perYear, Math.min(RARE, least / 2)), seldom + 0.05)
  const beyond = Math.log10(least / Math.min(RARE, least / 2)) / (rare - seldom)
  return {
    ...{ from: seldom, rate: Math.log10(least) + inflation, slope: held },
    // The account of all kinds is read with care: it is what a director was promised.
    beyond: Math.min((inflation > 0 ? 1 : MOST_BEYOND) * held, Math.max(LEAST_BEYOND * held, beyond)),
  }
}

function countAbove(sorted: readonly number[], score: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) >= score) low = middle + 1
    else high = middle
  }
  return low
}

/** The score reached so many times a year. */
function scoreAt(perYear: (score: number) => number, wanted: number): number {
  let [low, high] = [LOWEST_PEAK, 30]
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (perYear(middle) > wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}
