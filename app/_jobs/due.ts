import type { Clock } from './clocks.ts'

type Times = Pick<Clock, 'every' | 'at'>

/** Turned less often than this, when it last began is asked of the database: another worker may have turned it. */
export const KEPT_FROM_S = 60

export function isKept({ every }: Times): boolean {
  return every >= KEPT_FROM_S
}

/** Whether its hour has come since it last began. */
export function isDue(times: Times, last: Date | null, now: Date): boolean {
  if (!last) return true
  if (times.at) return last < hourBefore(times.at, now)
  return now.getTime() - last.getTime() >= times.every * 1000
}

function hourBefore({ hour, minute }: NonNullable<Times['at']>, now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour, minute)
  return new Date(today > now.getTime() ? today - 86_400_000 : today)
}
