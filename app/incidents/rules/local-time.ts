const HOUR = 3_600_000
const changes = new Map<number, [from: number, to: number]>()

/** Hour of the week on the wall clock of Paris, 0 = Monday 0 h, and the month: what a desk means by "at this hour". */
export function wallClock(at: number): { hourOfWeek: number; month: number } {
  const local = new Date(at + (isSummer(at) ? 2 : 1) * HOUR)
  return {
    hourOfWeek: ((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours(),
    month: local.getUTCMonth(),
  }
}

/** Directive 2000/84/EC: from the last Sunday of March to the last Sunday of October, at 1 h UTC. */
function isSummer(at: number): boolean {
  const year = new Date(at).getUTCFullYear()
  const known = changes.get(year)
  const [from, to] = known ?? [lastSunday(year, 2), lastSunday(year, 9)]
  if (!known) changes.set(year, [from, to])
  return at >= from && at < to
}

function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * 24 * HOUR
}
