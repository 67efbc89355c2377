/** How much one person is sent by one channel; the inbox holds all of it, and what rings or decides is never held back. All [D]. */

/** So many at once are read one by one; more are a flood, of which nobody reads any. */
export const AT_ONCE = 3
/** Counted over so long, and what is beyond is told together at its end. */
export const WINDOW_S = 300

/** What is never held back: calls, decisions, what an authority must acknowledge, and what somebody asked to be sent. */
const NEVER_HELD: ReadonlySet<string> = new Set([
  'crisis_called',
  'crisis_activated',
  'proposal_made',
  'proposal_reopened',
  'notice_issued',
  'instruction_asked',
  'instruction_in_force',
  'instruction_ended',
  'way_code',
  'way_test',
])

export function mayBeHeld(kind: string): boolean {
  return !NEVER_HELD.has(kind)
}

/** The end of the window that `now` stands in, epoch ms: then what was held is told in one message. */
export function windowEnd(now: number): number {
  return (Math.floor(now / (WINDOW_S * 1000)) + 1) * WINDOW_S * 1000
}
