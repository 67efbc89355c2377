import type { Role } from '#db/schema/account.ts'
import type { LadderRole, Shift } from './ladder.ts'
import { type ClockValues, clockValues } from './thresholds.ts'

/** Roles that someone must hold at every minute: who works the line, who leads, who decides. */
export const ALWAYS_HELD: readonly LadderRole[] = ['agent', 'lead', 'director']

/** Who may decide what each shift must decide: a lead and a director decide the same proposals (SQL says it in app.may_hold). */
export const MAY_HOLD: Record<LadderRole, readonly Role[]> = {
  agent: ['agent', 'lead', 'director', 'admin'],
  lead: ['lead', 'director', 'admin'],
  director: ['lead', 'director', 'admin'],
  admin: ['admin'],
}

/** Two weeks: the longest turn that anybody keeps. A longer one is a slip of the pen, and would hide every hole behind it. */
export const LONGEST_SHIFT_DAYS = 14

/** A way to be reached. In the application's inbox one is reached only while looking at it: it is no way. */
export type Way = {
  kind: 'mobile' | 'landline' | 'email' | 'pager' | 'satellite'
  value: string
  verifiedAt: number | null
}
export const RINGS: ReadonlySet<Way['kind']> = new Set<Way['kind']>(['mobile', 'landline', 'satellite'])

/** Who holds a shift, as he is now. */
export type Holder = { active: boolean; role: Role; ways: readonly Way[] }

export type RosterVerdict =
  | { allowed: true }
  | { allowed: false; key: string; values?: { verified: number; needed: number } }

/**
 * Can this person be called, and decide what the shift must decide? Judged when the roster is used, not only when it was written:
 * two different ways, each proved to arrive (one of them may be what fails), one of which rings.
 */
export function mayBeOnCall(
  holder: Holder,
  shiftRole: LadderRole,
  now: number,
  values: ClockValues = clockValues(),
): RosterVerdict {
  if (!holder.active) return no('deactivated')
  if (!MAY_HOLD[shiftRole].includes(holder.role)) return no('wrong_role')
  return reachable(holder.ways, now, values)
}

export function reachable(
  ways: readonly Way[],
  now: number,
  values: ClockValues = clockValues(),
): RosterVerdict {
  const proved = ways.filter((way) => way.verifiedAt !== null && way.verifiedAt <= now)
  const verified = new Set(proved.map((way) => way.value.replace(/[\s.-]/g, '').toLowerCase())).size
  if (verified < values.verifiedWays) return no('two_ways', { verified, needed: values.verifiedWays })
  return proved.some((way) => RINGS.has(way.kind)) ? { allowed: true } : no('no_telephone')
}

/** Why the present holder of a shift is as good as nobody; null when he is not. */
export type Unfit = { key: string; values?: { verified: number; needed: number } }
export type Judged = Shift & { unfit: Unfit | null }

export type Gap = { role: LadderRole; from: number; to: number; because: { name: string; why: Unfit }[] }

/** Minutes that nobody holds who could be called and decide, before they happen. Epoch ms; a shift ends where the next may begin. */
export function gapsIn(
  shifts: readonly Judged[],
  from: number,
  to: number,
  roles: readonly LadderRole[] = ALWAYS_HELD,
): Gap[] {
  return roles.flatMap((role) => {
    const own = shifts.filter((shift) => shift.role === role && shift.to > from && shift.from < to)
    const gaps: Gap[] = []
    const add = (start: number, end: number) =>
      gaps.push({ role, from: start, to: end, because: unfitIn(own, start, end) })
    let heldUntil = from
    for (const shift of own.filter((one) => one.unfit === null).sort((a, b) => a.from - b.from)) {
      if (shift.from > heldUntil) add(heldUntil, shift.from)
      heldUntil = Math.max(heldUntil, shift.to)
    }
    if (heldUntil < to) add(heldUntil, to)
    return gaps
  })
}

function unfitIn(shifts: readonly Judged[], from: number, to: number): Gap['because'] {
  const there = shifts.flatMap((one) =>
    one.unfit !== null && one.from < to && from < one.to ? [{ name: one.name, why: one.unfit }] : [],
  )
  return there.filter((one, n) => there.findIndex((two) => two.name === one.name) === n)
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

const MINUTE = 60_000

type Part = { from: number; to: number }
export type SwapVerdict = { ok: true; part: Part } | { ok: false; key: string; field: 'fromAt' | 'toAt' }

/** What of a shift changes hands: what is left of it, or a part of that. */
export function partOf(
  held: Part,
  asked: { from: number | null; to: number | null },
  now: number,
): SwapVerdict {
  // Forms give whole minutes: "from now" was a moment ago when it arrives.
  const wanted = asked.from ?? held.from
  const from = asked.from === null || now - wanted < MINUTE ? Math.max(wanted, now) : wanted
  const to = asked.to ?? held.to
  if (from < held.from || from < now || from >= held.to)
    return { ok: false, key: 'cell.invalid.part', field: 'fromAt' }
  if (to > held.to || to <= from) return { ok: false, key: 'cell.invalid.part', field: 'toAt' }
  return { ok: true, part: { from, to } }
}

function no(key: string, values?: { verified: number; needed: number }): RosterVerdict {
  return { allowed: false, key: `triggers.roster.${key}`, ...(values ? { values } : {}) }
}
