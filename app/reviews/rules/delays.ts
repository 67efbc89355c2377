/** Minutes from a fact to its answer, against what was promised (DOMAIN §4). */
export const TARGETS = {
  acknowledge: 5,
  acknowledge_minor: 15,
  tests: 10,
  director: 15,
  authorities: 30,
  crisis_cell: 30,
  first_report: 30,
} as const

/** Reports every 30 minutes for two hours, then hourly; a minute of grace, for hours are written whole. */
const RHYTHM = { denseMin: 30, denseForMin: 120, laterMin: 60, graceMin: 1 } as const
const MINUTE = 60_000

export type DelayKey = keyof typeof TARGETS | 'rhythm'
export type Verdict = 'met' | 'missed' | 'running'
/** One measure: of `of` things measured, `met` kept their delay; `worst` is the longest, in minutes; null while one is not done. */
export type Delay = {
  key: DelayKey
  targetMin: number
  of: number
  met: number
  worst: number | null
  verdict: Verdict
}

export type Span = { from: number; to: number | null }
export type ReviewFacts = {
  now: number
  cases: { level: number; acknowledged: Span; tested: Span | null }[]
  /** Null: the incident asked for none of it. */
  crisis: { director: Span; activated: Span; authorities: Span } | null
  authorities: Span | null
  /** Situation reports: since when they were owed, when they went out, until when. */
  reports: { from: number; issued: number[]; until: number } | null
}

export function delaysOf(facts: ReviewFacts): Delay[] {
  const serious = facts.cases.filter((one) => one.level >= 2)
  const authorities = facts.crisis?.authorities ?? facts.authorities
  const { reports, now } = facts
  const first = reports && { from: reports.from, to: reports.issued[0] ?? null }
  return [
    measure(
      'acknowledge',
      serious.map((one) => one.acknowledged),
      now,
    ),
    measure(
      'acknowledge_minor',
      facts.cases.filter((one) => one.level < 2).map((one) => one.acknowledged),
      now,
    ),
    measure(
      'tests',
      serious.flatMap((one) => one.tested ?? []),
      now,
    ),
    measure('director', facts.crisis ? [facts.crisis.director] : [], now),
    measure('authorities', authorities ? [authorities] : [], now),
    measure('crisis_cell', facts.crisis ? [facts.crisis.activated] : [], now),
    measure('first_report', first ? [first] : [], now),
    rhythm(reports),
  ].filter((one) => one.of > 0)
}

function measure(key: keyof typeof TARGETS, spans: Span[], now: number): Delay {
  const targetMin = TARGETS[key]
  const minutes = spans.map((span) => ((span.to ?? now) - span.from) / MINUTE)
  const late = minutes.filter((one) => one > targetMin).length
  const waiting = spans.some((span) => span.to === null)
  return {
    key,
    targetMin,
    of: spans.length,
    met: spans.filter((span, at) => span.to !== null && (minutes[at] ?? 0) <= targetMin).length,
    worst: waiting ? null : round(Math.max(0, ...minutes)),
    verdict: late > 0 ? 'missed' : waiting ? 'running' : 'met',
  }
}

/** The gaps between two reports, each against the rhythm of its hour; the last one runs until nothing is owed any more. */
function rhythm(reports: ReviewFacts['reports']): Delay {
  const issued = reports?.issued ?? []
  const none: Delay = {
    key: 'rhythm',
    targetMin: RHYTHM.denseMin,
    of: 0,
    met: 0,
    worst: null,
    verdict: 'met',
  }
  if (!reports || issued.length === 0) return none
  const gaps = issued.map((from, at) => {
    const to = issued[at + 1] ?? reports.until
    const dense = from - reports.from < RHYTHM.denseForMin * MINUTE
    const owed = dense ? RHYTHM.denseMin : RHYTHM.laterMin
    const minutes = Math.max(0, (to - from) / MINUTE)
    return { minutes, kept: minutes <= owed + RHYTHM.graceMin }
  })
  const met = gaps.filter((gap) => gap.kept).length
  return {
    ...none,
    of: gaps.length,
    met,
    worst: round(Math.max(...gaps.map((gap) => gap.minutes))),
    verdict: met < gaps.length ? 'missed' : 'met',
  }
}

function round(minutes: number): number {
  return Math.round(minutes * 10) / 10
}
