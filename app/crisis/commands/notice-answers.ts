import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { type Actor, actorId, type MachineActor, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { noticeRecipient } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { acknowledgeNoticeInput, Input } from '../input.ts'
import { clockInForce } from '../thresholds.ts'

/** A notice counts once it is acknowledged; by the authority itself, or by telephone through an agent. */
export function acknowledgeNotice(
  actor: Actor,
  input: Input<typeof acknowledgeNoticeInput>,
  now: Date,
): Promise<Result<{ acknowledged: boolean }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !actor.organisationId) return refused('crisis.refused.absent')
    const [one] = await tx
      .select()
      .from(noticeRecipient)
      .where(
        and(
          eq(noticeRecipient.noticeId, input.noticeId),
          eq(noticeRecipient.organisationId, actor.organisationId),
        ),
      )
      .for('update')
    if (!one) return refused('crisis.refused.absent')
    if (!one.acknowledgedAt) await acknowledged(tx, actor, one, actor.name, now)
    return { ok: true, value: { acknowledged: true } }
  })
}

/** Who was rung and pressed the key, or held the link of a letter to a post: in the name that the directory gives him. */
export function acknowledgeFor(
  machine: MachineActor,
  { noticeId, organisationId, by }: { noticeId: number; organisationId: number; by: string },
  now: Date,
): Promise<void> {
  return asActor(machine, async (tx) => {
    const [one] = await tx
      .select()
      .from(noticeRecipient)
      .where(and(eq(noticeRecipient.noticeId, noticeId), eq(noticeRecipient.organisationId, organisationId)))
      .for('update')
    if (one && !one.acknowledgedAt) await acknowledged(tx, machine, one, by, now)
  })
}

/** Rung so many times a minute apart (RINGS_OF_OTHERS), nobody has answered: a person tries. [D] */
export const RUNG_FOR_MIN = 3

/**
 * The clock's part: what nobody acknowledged after ten minutes rings by itself where a telephone is set, and then becomes a call
 * task; where none is, at once.
 */
export function askForCalls(actor: MachineActor, now: Date): Promise<number> {
  return asActor(actor, async (tx) => {
    const { noticeAckMin } = await clockInForce(tx)
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
    const waiting = and(
      isNull(noticeRecipient.acknowledgedAt),
      isNull(noticeRecipient.callDueAt),
      lte(noticeRecipient.toldAt, ago(noticeAckMin)),
    )
    const which = { noticeId: noticeRecipient.noticeId, organisationId: noticeRecipient.organisationId }
    const rings = actor.exerciseId === null && (await hasTelephone(tx))
    const rung = rings
      ? await tx
          .update(noticeRecipient)
          .set({ rungAt: now })
          .where(and(waiting, isNull(noticeRecipient.rungAt)))
          .returning(which)
      : []
    const due = await tx
      .update(noticeRecipient)
      .set({ callDueAt: now })
      .where(rings ? and(waiting, lte(noticeRecipient.rungAt, ago(RUNG_FOR_MIN))) : waiting)
      .returning(which)
    const line = { at: now, visibility: 'internal' } as const
    for (const one of rung)
      await append(tx, actor, { ...line, chain: `notice:${one.noticeId}`, event: 'notice.rung', data: one })
    for (const one of due)
      await append(tx, actor, {
        ...line,
        chain: `notice:${one.noticeId}`,
        event: 'notice.call_due',
        data: one,
      })
    return due.length
  })
}

async function hasTelephone(tx: Tx): Promise<boolean> {
  const [row] = await tx.execute<{ set: boolean }>(
    sql`select exists (select from setting where key = 'channel.voice') as set`,
  )
  return row?.set ?? false
}

type RecipientRow = typeof noticeRecipient.$inferSelect

/** Written down, by whom and for which organisation. */
export async function acknowledged(
  tx: Tx,
  actor: Actor,
  one: RecipientRow,
  by: string,
  now: Date,
): Promise<void> {
  await tx
    .update(noticeRecipient)
    .set({ acknowledgedAt: now, acknowledgedByName: by })
    .where(eq(noticeRecipient.id, one.id))
  await tx.execute(
    sql`select app.notice_acknowledged(${one.noticeId}::bigint, ${now.toISOString()}::timestamptz)`,
  )
  await append(tx, actor, {
    chain: may(actor, 'notices.write') ? `notice:${one.noticeId}` : `account:${actorId(actor)}`,
    at: now,
    event: 'notice.acknowledged',
    visibility: 'internal',
    data: { noticeId: one.noticeId, organisationId: one.organisationId, by },
  })
}
