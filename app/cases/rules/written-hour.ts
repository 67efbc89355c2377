import { done, type Result, refused } from '#app/_doors/result.ts'
import { CLOCK_AHEAD_MS } from './said-hour.ts'

/** A report that waited longer tells of another failure: its reporter is asked to tell it anew. */
export const KEPT_AT_MOST_MS = 7 * 24 * 60 * 60_000

/**
 * When a report kept on a device was written, by the device's clock: never later than its arrival; a clock that runs far ahead
 * or a report of last week is refused in words, and stays on the device.
 */
export function writtenHour(said: Date, now: Date): Result<Date> {
  const ahead = said.getTime() - now.getTime()
  if (ahead > CLOCK_AHEAD_MS) return refused('kept.refused.clock')
  if (-ahead > KEPT_AT_MOST_MS) return refused('kept.refused.too_old')
  return done(ahead > 0 ? now : said)
}
