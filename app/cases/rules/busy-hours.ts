/**
 * Busy hours, local time of the territory: calls to help flow from the morning to the evening peak (SAMU peak about
 * 19:00, DOMAIN §4). [D] 9 to 21: narrower would let a Sunday fault wait a day, wider would count quiet night minutes.
 */
export const BUSY_FROM_HOUR = 9
export const BUSY_TO_HOUR = 21
/** Evening peak, in which a failure weighs one level more: 18 to 20 h around the SAMU's 19:00. [D] */
export const PEAK_FROM_HOUR = 18
export const PEAK_TO_HOUR = 20

const STEP = 60_000

/** Whole minutes of busy hours between two instants, counted up to `enough` (the caller needs no more). */
export function busyMinutes(from: Date, to: Date, timeZone: string, enough: number): number {
  const hourOf = hours(timeZone)
  let counted = 0
  for (let at = from.getTime(); at + STEP <= to.getTime() && counted < enough; at += STEP) {
    const hour = hourOf(at)
    if (hour >= BUSY_FROM_HOUR && hour < BUSY_TO_HOUR) counted += 1
    // skip a quiet night a quarter at a time
    else at += 14 * STEP
  }
  return counted
}

export function isEveningPeak(at: Date, timeZone: string): boolean {
  const hour = hours(timeZone)(at.getTime())
  return hour >= PEAK_FROM_HOUR && hour < PEAK_TO_HOUR
}

function hours(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  return (at) => Number(format.format(at))
}
