import type { OnCallRole } from '#db/schema/account.ts'
import { type ClockValues, clockValues } from './thresholds.ts'

const MINUTE = 60_000

export type LadderRole = OnCallRole

/** One stay on call. `rank`: first, then deputy. Instants in epoch ms, `to` excluded. */
export type Shift = {
  accountId: number
  name: string
  role: LadderRole
  rank: number
  from: number
  to: number
}

/** A call made, and whether it was answered. */
export type LadderCall = {
  accountId: number
  at: number
  answeredAt: number | null
  /** "I cannot": he is not waited for. */
  cannotAt?: number | null
}

/** Whom each level wakes, in order. N4 ends with the administrators: better a wrong person awake than nobody. */
export const LADDER: Record<1 | 2 | 3 | 4, readonly LadderRole[]> = {
  1: ['agent', 'lead'],
  2: ['lead', 'director'],
  3: ['lead', 'director'],
  4: ['director', 'lead', 'admin'],
}

export type LadderStep =
  | { kind: 'answered'; accountId: number; at: number }
  | { kind: 'ringing'; accountId: number; nextAt: number }
  | { kind: 'call'; accountId: number; name: string; round: number }
  | { kind: 'nobody' }

/**
 * Who is called next. After five minutes of silence the next one; after the last, the first again: never an end. What is written down
 * is done, also where its hour lies ahead: two workers have two clocks, and one may have waited while the other called.
 */
export function nextStep(
  now: number,
  level: 1 | 2 | 3 | 4,
  shifts: readonly Shift[],
  calls: readonly LadderCall[],
  values: ClockValues = clockValues(),
): LadderStep {
  const past = calls.toSorted((a, b) => a.at - b.at)
  const answered = past.find((call) => call.answeredAt !== null)
  if (answered?.answeredAt != null)
    return { kind: 'answered', accountId: answered.accountId, at: answered.answeredAt }

  const last = past.at(-1)
  const nextAt = (last?.at ?? Number.NEGATIVE_INFINITY) + values.ladderStepMin * MINUTE
  if (last && now < nextAt && !cannot(last)) return { kind: 'ringing', accountId: last.accountId, nextAt }

  const all = onLadder(now, level, shifts)
  const able = all.filter(
    (person) => !past.some((call) => call.accountId === person.accountId && cannot(call)),
  )
  // Nobody can: then everybody is asked again.
  const ladder = able.length > 0 ? able : all
  const fewest = ladder.map((person) => past.filter((call) => call.accountId === person.accountId).length)
  const round = Math.min(...fewest)
  const next = ladder.find((_, index) => fewest[index] === round)
  return next
    ? { kind: 'call', accountId: next.accountId, name: next.name, round: round + 1 }
    : { kind: 'nobody' }
}

function cannot({ cannotAt }: LadderCall): boolean {
  return cannotAt != null
}

/** The people of the ladder at this instant, once each, in the order they are called. */
export function onLadder<S extends Shift>(now: number, level: 1 | 2 | 3 | 4, shifts: readonly S[]): S[] {
  const there = shifts.filter((shift) => shift.from <= now && now < shift.to)
  const ordered = LADDER[level].flatMap((role) =>
    there.filter((shift) => shift.role === role).sort((a, b) => a.rank - b.rank || a.accountId - b.accountId),
  )
  return ordered.filter(
    (shift, index) => ordered.findIndex((one) => one.accountId === shift.accountId) === index,
  )
}
