import type { LadderRole, Shift } from './ladder.ts'
import { type ClockValues, clockValues } from './thresholds.ts'

/** Roles that someone must hold at every minute: who works the line, who leads, who decides. */
export const ALWAYS_HELD: readonly LadderRole[] = ['agent', 'lead', 'director']

export type Gap = { role: LadderRole; from: number; to: number }

/** Minutes that nobody holds, before they happen. Epoch ms; a shift ends where the next may begin. */
export function gapsIn(
  shifts: readonly Shift[],
  from: number,
  to: number,
  roles: readonly LadderRole[] = ALWAYS_HELD,
): Gap[] {
  return roles.flatMap((role) => {
    const gaps: Gap[] = []
    let heldUntil = from
    const held = shifts.filter((shift) => shift.role === role && shift.to > from && shift.from < to)
    for (const shift of held.sort((a, b) => a.from - b.from)) {
      if (shift.from > heldUntil) gaps.push({ role, from: heldUntil, to: shift.from })
      heldUntil = Math.max(heldUntil, shift.to)
    }
    if (heldUntil < to) gaps.push({ role, from: heldUntil, to })
    return gaps
  })
}

/** A way to be reached. In the application's inbox one is reached only while looking at it: it is no way. */
export type Way = {
  kind: 'mobile' | 'landline' | 'email' | 'pager' | 'satellite'
  value: string
  verifiedAt: number | null
}

export type RosterVerdict =
  | { allowed: true }
  | { allowed: false; key: string; values: { verified: number; needed: number } }

/** May this person be on call? Two different ways, each one proved to arrive: one of them may be what fails. */
export function mayBeOnCall(
  ways: readonly Way[],
  now: number,
  values: ClockValues = clockValues(),
): RosterVerdict {
  const proved = ways.filter((way) => way.verifiedAt !== null && way.verifiedAt <= now)
  const verified = new Set(proved.map((way) => way.value.replace(/[\s.-]/g, '').toLowerCase())).size
  if (verified >= values.verifiedWays) return { allowed: true }
  return {
    allowed: false,
    key: 'triggers.roster.two_ways',
    values: { verified, needed: values.verifiedWays },
  }
}

/** Two shifts of one person in one role that overlap: a slip of the pen rather than a doubled watch. */
export function overlaps(shifts: readonly Shift[], added: Shift): Shift | null {
  return (
    shifts.find(
      (shift) =>
        shift.accountId === added.accountId &&
        shift.role === added.role &&
        shift.from < added.to &&
        added.from < shift.to,
    ) ?? null
  )
}
