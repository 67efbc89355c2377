/**
 * What cannot be taken back, or opens the house to others, is done by somebody who has just shown who he is: the screen of a
 * colleague who went for coffee starts no crisis. Fifteen minutes: a form is filled in, a second one too; an hour would be the
 * coffee. [D]
 */
export const FRESH_MS = 15 * 60_000

/** Hosts do not agree to the millisecond on the hour at which it was. */
export const ADRIFT_MS = 60_000

/** Whether this person has proved lately enough, in this session, who he is. */
export function isFresh(provedAt: Date | null, now: Date): boolean {
  if (!provedAt) return false
  const since = now.getTime() - provedAt.getTime()
  return since >= -ADRIFT_MS && since < FRESH_MS
}
