import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { AccountActor, MachineActor } from '#app/_auth/actor.ts'
import { answerCall, cannotAnswer } from '#app/crisis/commands/ladder.ts'
import { acknowledgeFor, acknowledgeNotice } from '#app/crisis/commands/notice-answers.ts'
import { acknowledgeInstruction } from '#app/instructions/commands/answer.ts'
import { contact, post } from '#db/schema/directory.ts'
import { type AcknowledgedBy, outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { ANSWERABLE, isOfOneWay } from '../rules/delivery.ts'
import { CANNOT, RINGING, rings } from '../rules/ringing.ts'
import type { OutboxRow } from './give-up.ts'
import { enterWorldOf } from './world-of.ts'

export type Answered = 'done' | 'already' | 'cancelled' | 'unknown'

/**
 * "I have read it", said outside of the application: once. It counts as if he had pressed the button on the page, and what else
 * was to tell him the same stays at home. Said again, what follows from it is done again: it may have died after the first time.
 */
export async function acknowledgeMessage(
  machine: MachineActor,
  outboxId: number,
  by: AcknowledgedBy,
  now: Date,
): Promise<Answered> {
  const { world, first } = await asActor(machine, async (tx) => {
    const world = await enterWorldOf(tx, machine, outboxId)
    const [acknowledged] = await tx
      .update(outbox)
      .set({
        state: 'acknowledged',
        acknowledgedAt: world.time(now),
        acknowledgedBy: by,
        dueAt: null,
        claim: null,
      })
      .where(
        and(eq(outbox.id, outboxId), inArray(outbox.state, [...ANSWERABLE]), isNull(outbox.acknowledgedAt)),
      )
      .returning()
    if (acknowledged) await stayAtHome(tx, acknowledged)
    return { world, first: acknowledged }
  })
  const row = first ?? (await readMessage(world.actor, outboxId))
  if (!row) return 'unknown'
  if (row.state !== 'acknowledged') return 'cancelled'
  await followUp(world.actor, row, world.time(now))
  return first ? 'done' : 'already'
}

/**
 * "I cannot, call the next": nothing rings him any more for it; it is no acknowledgement. Said again, the next is called all the
 * same. Null where nobody comes next: nothing is written, and what was to reach him goes on.
 */
export async function declineMessage(
  machine: MachineActor,
  outboxId: number,
  now: Date,
): Promise<Answered | 'passed_on' | null> {
  const { world, first } = await asActor(machine, async (tx) => {
    const world = await enterWorldOf(tx, machine, outboxId)
    const [declined] = await tx
      .update(outbox)
      .set({ state: 'cancelled', dueAt: null, claim: null, lastError: CANNOT })
      .where(
        and(
          eq(outbox.id, outboxId),
          inArray(outbox.state, [...ANSWERABLE]),
          inArray(outbox.kind, [...RINGING]),
        ),
      )
      .returning()
    if (declined) await stayAtHome(tx, declined)
    return { world, first: declined }
  })
  const row = first ?? (await readMessage(world.actor, outboxId))
  if (!row) return 'unknown'
  if (!rings(row.kind)) return null
  if (row.state === 'acknowledged') return 'already'
  if (row.lastError !== CANNOT) return 'cancelled'
  const { callId } = row.data
  const person = await personOf(world.actor, row)
  if (!person || typeof callId !== 'number') return 'cancelled'
  const passed = await cannotAnswer(person, { callId }, world.time(now))
  return passed.ok ? 'passed_on' : 'cancelled'
}

async function readMessage(machine: MachineActor, outboxId: number): Promise<OutboxRow | undefined> {
  const [row] = await asActor(machine, (tx) => tx.select().from(outbox).where(eq(outbox.id, outboxId)))
  return row
}

/** The other ways by which the same was still to reach him. */
async function stayAtHome(
  tx: Tx,
  { kind, dedupeKey, accountId, toType, toId, id }: OutboxRow,
): Promise<void> {
  if (isOfOneWay(kind)) return
  const his =
    accountId === null
      ? and(eq(outbox.toType, toType), eq(outbox.toId, toId))
      : eq(outbox.accountId, accountId)
  await tx
    .update(outbox)
    .set({ state: 'cancelled', dueAt: null })
    .where(and(eq(outbox.dedupeKey, dedupeKey), his, eq(outbox.state, 'queued'), sql`${outbox.id} <> ${id}`))
}

/** What the same button on the page would have done, in his name. */
async function followUp(machine: MachineActor, row: OutboxRow, now: Date): Promise<void> {
  const { callId, noticeId, instructionId } = row.data
  if (row.accountId === null) {
    const who = row.kind === 'notice_issued' && typeof noticeId === 'number' && (await namedIn(machine, row))
    if (who) await acknowledgeFor(machine, { noticeId: noticeId as number, ...who }, now)
    return
  }
  const person = await personOf(machine, row)
  if (!person) return
  if (row.kind === 'crisis_called' && typeof callId === 'number') await answerCall(person, { callId }, now)
  if (row.kind === 'notice_issued' && typeof noticeId === 'number')
    await acknowledgeNotice(person, { noticeId }, now)
  if (row.kind === 'instruction_asked' && typeof instructionId === 'number')
    await acknowledgeInstruction(person, instructionId, now)
}

/** The person a message was for, in the world that it tells of; null when his account is out of use. */
async function personOf(machine: MachineActor, row: OutboxRow): Promise<AccountActor | null> {
  const [found] = await asActor(machine, (tx) =>
    tx.execute<{ person: AccountActor | null }>(
      sql`select app.actor_who_answers(${row.accountId}::bigint) as person`,
    ),
  )
  return found?.person ? { ...found.person, exerciseId: row.exerciseId } : null
}

/** Whom the directory names where a message went that was for no account: a person, or whoever holds a post. */
async function namedIn(
  machine: MachineActor,
  { toType, toId }: OutboxRow,
): Promise<{ organisationId: number; by: string } | null> {
  const table = { contact, post }[toType as 'contact' | 'post']
  if (!table) return null
  const [found] = await asActor(machine, (tx) =>
    tx
      .select({ organisationId: table.organisationId, by: table.name })
      .from(table)
      .where(and(eq(table.id, toId), eq(table.active, true))),
  )
  return found ?? null
}
