import { and, asc, eq, getTableColumns, lte } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { caseDeadline, cases } from '#db/schema/cases.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type Due, nextDeadline, owed, queueRank, somethingMissed } from '../rules/deadlines.ts'
import type { CaseRow } from './change.ts'

const AT_ONCE = 100

const EVENT: Record<Due, 'case.ack_missed' | 'case.check_missed' | 'case.promise_missed'> = {
  ack: 'case.ack_missed',
  check: 'case.check_missed',
  promise: 'case.promise_missed',
}

export type Missed = { more: boolean; failed?: unknown }

/** Turns every case whose deadline has passed at `now`, and says whom to tell next. */
export async function missDeadlines(clock: MachineActor, now: Date): Promise<void> {
  for (let some = await missSome(clock, now); some.more; ) some = await missSome(clock, now)
}

/**
 * The clock's own command: the first of them, in one transaction. Reads one index, so it may run every second; two
 * clocks at once never turn a case twice (skip locked). A case that cannot be turned makes no other wait.
 */
export function missSome(clock: MachineActor, now: Date): Promise<Missed> {
  return asActor(clock, async (tx) => {
    const due = await tx
      .select(getTableColumns(cases))
      .from(caseDeadline)
      .innerJoin(cases, eq(cases.id, caseDeadline.caseId))
      // Said of the case too: it may have moved while its lock was waited for.
      .where(and(lte(caseDeadline.at, now), lte(cases.deadlineAt, now)))
      .orderBy(asc(caseDeadline.at))
      .limit(AT_ONCE)
      .for('update', { of: cases, skipLocked: true })
    const more = due.length === AT_ONCE
    try {
      if (due.length > 0) await tx.transaction((all) => turnAll(all, clock, due, now))
      return { more }
    } catch (error) {
      return { more, failed: await turnEach(tx, clock, due, now, error) }
    }
  })
}

async function turnAll(tx: Tx, clock: MachineActor, due: CaseRow[], now: Date): Promise<void> {
  for (const row of due) {
    const { set, lines } = turn(row, now)
    await tx
      .update(cases)
      .set(set)
      .where(and(eq(cases.id, row.id)))
    const [first, ...rest] = lines
    if (first) await append(tx, clock, first, ...rest)
  }
}

/** Each for itself; what fails for all of them at once is nobody's in particular, and ends the turn. */
async function turnEach(
  tx: Tx,
  clock: MachineActor,
  due: CaseRow[],
  now: Date,
  first: unknown,
): Promise<unknown> {
  let failed = 0
  for (const row of due) {
    await tx.transaction((alone) => turnAll(alone, clock, [row], now)).catch(() => failed++)
  }
  if (failed === due.length) throw first
  return first
}

export function turn(row: CaseRow, now: Date): { set: Partial<CaseRow>; lines: Line[] } {
  const missed = owed(row).filter(({ at }) => at <= now)
  const after: CaseRow = { ...row }
  const lines: Line[] = []
  const line = (event: Line['event'], data: Record<string, unknown>): Line => ({
    chain: `case:${row.id}`,
    caseId: row.id,
    at: now,
    event,
    visibility: 'internal',
    data,
  })
  for (const { due, at } of missed) {
    if (due === 'ack') after.ackMissedAt = now
    if (due === 'check') after.checkMissedAt = now
    if (due === 'promise') after.promiseMissedAt = now
    lines.push(line(EVENT[due], { dueAt: at.toISOString() }))
  }
  if (missed.length > 0 && !somethingMissed(row)) {
    after.escalation = 1
  } else if (somethingMissed(row) && (nextDeadline({ ...row, ...after }) ?? now) <= now) {
    // After a stop of ours several steps may be due: tell the last one, once.
    while (after.escalation < LAST_STEP && (nextDeadline(after) ?? LATER) <= now) after.escalation += 1
    lines.push(
      line('case.escalated', { step: after.escalation, since: somethingMissed(row)?.toISOString() ?? null }),
    )
  }
  const { ackMissedAt, checkMissedAt, promiseMissedAt, escalation } = after
  return {
    set: {
      ackMissedAt,
      checkMissedAt,
      promiseMissedAt,
      escalation,
      queueRank: queueRank(after),
      deadlineAt: escalation >= LAST_STEP ? null : nextDeadline(after),
    },
    lines,
  }
}

const LATER = new Date(8.64e15)
/** The telling stops at last (some 8 days): smallint, and a person who has not answered sixteen score reminders will not. */
const LAST_STEP = 400
