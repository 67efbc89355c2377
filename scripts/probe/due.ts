export type Planned = { agreement: number; destination: string; everyS: number; mostPerHour: number }
export type Burst = { id: number; agreement: number; destination: string; calls: number }
export type Due = { agreement: number; destination: string; burst: number | null }

const HOUR = 3_600_000
/** A destination whose limit is not told (a burst alone) is called so often in an hour at most. */
const UNSAID_PER_HOUR = 12

/** What is to be called now, and what may not: a memory of when each destination was called. */
export function makeDiary() {
  const called = new Map<number, number[]>()
  const burstCalls = new Map<number, number>()
  const firstSeen = new Map<number, number>()
  const inLastHour = (agreement: number, now: number) =>
    (called.get(agreement) ?? []).filter((at) => now - at < HOUR)

  return {
    /** Due now, the longest waiting first; `full`: agreements whose centre has been called as often as it accepts. */
    due(
      plan: readonly Planned[],
      bursts: readonly Burst[],
      now: number,
      most: number,
    ): { due: Due[]; full: number[] } {
      const full: number[] = []
      const due: (Due & { since: number })[] = []
      const limitOf = (agreement: number) =>
        plan.find((one) => one.agreement === agreement)?.mostPerHour ?? UNSAID_PER_HOUR
      const counted = new Map<number, number>()
      const take = (one: Due & { since: number }) => {
        const made = (counted.get(one.agreement) ?? 0) + inLastHour(one.agreement, now).length
        if (made >= limitOf(one.agreement)) {
          if (!full.includes(one.agreement)) full.push(one.agreement)
          return
        }
        counted.set(one.agreement, (counted.get(one.agreement) ?? 0) + 1)
        due.push(one)
      }
      for (const { id, agreement, destination, calls } of bursts)
        for (let n = burstCalls.get(id) ?? 0; n < calls; n += 1)
          take({ agreement, destination, burst: id, since: Number.POSITIVE_INFINITY })
      for (const [rank, { agreement, destination, everyS }] of plan.entries()) {
        const last = called.get(agreement)?.at(-1) ?? null
        // The first round is spread over its period, in the order of the plan, and so is every one after it.
        const seen = firstSeen.get(agreement) ?? now
        firstSeen.set(agreement, seen)
        const dueAt = last === null ? seen + (everyS * 1000 * rank) / plan.length : last + everyS * 1000
        const since = now - dueAt
        if (since >= 0) take({ agreement, destination, burst: null, since })
      }
      const chosen = due.sort((a, b) => b.since - a.since).slice(0, most)
      return { due: chosen.map(({ since: _, ...one }) => one), full }
    },
    called(calls: readonly Due[], now: number) {
      for (const { agreement, burst } of calls) {
        called.set(agreement, [...inLastHour(agreement, now), now])
        if (burst !== null) burstCalls.set(burst, (burstCalls.get(burst) ?? 0) + 1)
      }
    },
  }
}
