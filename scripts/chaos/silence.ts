export type Span = { name: string; stops: boolean; from: number; to: number }
export type Silence = { ms: number; at: number; during: string }

/** What still ends with a strike that has just ended is its own. */
const AFTER_MS = 3_000

/**
 * The longest silence between two accepted reports, by what was going on: while the database is stopped nothing can be
 * accepted, and what counts is how soon after its end the next report is.
 */
export function silences(acceptedAt: number[], spans: Span[]) {
  const times = acceptedAt.toSorted((a, b) => a - b)
  const gaps = times.slice(1).map((to, i) => ({ from: times[i] as number, to }))
  const told = gaps.map(({ from, to }) => {
    const during = spans.filter((span) => span.from < to && span.to + AFTER_MS > from)
    return { ms: to - from, from, to, during, stopped: during.some(({ stops }) => stops) }
  })
  const longest = (some: typeof told): Silence | null => {
    const most = some.reduce<(typeof told)[number] | null>(
      (max, one) => (one.ms > (max?.ms ?? -1) ? one : max),
      null,
    )
    return (
      most && {
        ms: most.ms,
        at: most.from,
        during: most.during.map(({ name }) => name).join(', ') || 'nothing',
      }
    )
  }
  const again = spans
    .filter(({ stops }) => stops)
    .map((span) => {
      const next = times.find((at) => at >= span.to)
      return {
        ms: next === undefined ? Number.POSITIVE_INFINITY : next - span.to,
        at: span.to,
        during: span.name,
      }
    })
  return {
    /** In no strike that stops the database. */
    longest: longest(told.filter(({ stopped }) => !stopped)),
    whileStopped: longest(told.filter(({ stopped }) => stopped)),
    /** From the end of a strike that stopped the database to the next accepted report. */
    servesAgain: again.reduce<Silence | null>((max, one) => (one.ms > (max?.ms ?? -1) ? one : max), null),
  }
}
