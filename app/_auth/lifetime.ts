/** One watch of twelve hours without a sign of life ends a session. */
export const IDLE_MS = 12 * 3600_000
/** A week at most, however active: the passphrase is asked again. */
export const ABSOLUTE_MS = 7 * 24 * 3600_000
/** Not one write per page read: the time last seen is true to the minute. */
export const TOUCH_MS = 60_000

export function expiryOf(createdAt: Date, lastSeenAt: Date): Date {
  return new Date(Math.min(lastSeenAt.getTime() + IDLE_MS, createdAt.getTime() + ABSOLUTE_MS))
}
