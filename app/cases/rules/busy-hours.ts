/**
 * Busy hours, local time of the territory: calls to help flow from the morning to the evening peak (SAMU peak about
 * 19:00, DOMAIN §4). [D] 9 to 21: narrower would let a Sunday fault wait a day, wider would count quiet night minutes.
 */
export const BUSY_FROM_HOUR = 9
export const BUSY_TO_HOUR = 21
/** Evening peak, in which a failure weighs one level more: 18 to 20 h around the SAMU's 19:00. [D] */
export const PEAK_FROM_HOUR = 18
export const PEAK_TO_HOUR = 20

/** Every time zone stands whole quarters away from UTC: in one of UTC's the local hour does not change. */
const QUARTER = 15 * 60_000

/** Whole minutes of busy hours between two instants, counted up to `enough` (the caller needs no more). */
export function busyMinutes(from: Date, to: Date, timeZone: string, enough: number): number {
  const hourOf = hours(timeZone)
  let busy = 0
  for (let at = from.getTime(), next = at; at < to.getTime() && busy < enough * 60_000; at = next) {
    next = Math.min((Math.floor(at / QUARTER) + 1) * QUARTER, to.getTime())
    const hour = hourOf(at)
    if (hour >= BUSY_FROM_HOUR && hour < BUSY_TO_HOUR) busy += next - at
  }
  return Math.min(enough, Math.floor(busy / 60_000))
}

export function isEveningPeak(at: Date, timeZone: string): boolean {
  const hour = hours(timeZone)(at.getTime())
  return hour >= PEAK_FROM_HOUR && hour < PEAK_TO_HOUR
}

function hours(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' })
  return (at) => Number(format.format(at))
}
