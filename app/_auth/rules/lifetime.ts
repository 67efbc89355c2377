import type { Role } from '#db/schema/account.ts'

/** How long a session lasts: without a sign of life, and at most. */
export type Lifetime = { idleMs: number; longestMs: number; why: string }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** By role, as data. [D] */
export const LIFETIME = {
  reporter: { idleMs: 12 * HOUR, longestMs: 7 * DAY, why: 'a screen of a control room, watch after watch' },
  agent: { idleMs: 12 * HOUR, longestMs: DAY, why: 'one watch and both its handovers, never the next day' },
  lead: { idleMs: 12 * HOUR, longestMs: DAY, why: 'the same room' },
  director: { idleMs: DAY, longestMs: 7 * DAY, why: 'on call for a week, woken once' },
  admin: { idleMs: 2 * HOUR, longestMs: 12 * HOUR, why: 'may do most, and sits at a desk of his own' },
  wall: {
    idleMs: 2 * DAY,
    longestMs: 30 * DAY,
    why: 'nobody stands there to sign in again, and it may do nothing',
  },
} as const satisfies Record<Role, Lifetime>

/** The longest of all: what is sealed for a browser lasts as long. */
export const LONGEST_MS = Math.max(...Object.values(LIFETIME).map(({ longestMs }) => longestMs))

/** Not one write per page read: the time last seen is true to the minute. */
export const TOUCH_MS = 60_000

export function expiryOf(role: Role, createdAt: Date, lastSeenAt: Date): Date {
  const { idleMs, longestMs } = LIFETIME[role]
  return new Date(Math.min(lastSeenAt.getTime() + idleMs, createdAt.getTime() + longestMs))
}
