import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { type Actor, actorId, type MachineActor, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { noticeRecipient } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { acknowledgeNoticeInput, Input, noticeCallInput } from '../input.ts'
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

/**
 * The agent telephoned an authority: what came of it, and whether it has now acknowledged. One call for all that it has not
 * acknowledged yet.
 */
export function logNoticeCall(
  actor: Actor,
  input: Input<typeof noticeCallInput>,
  now: Date,
): Promise<Result<{ acknowledged: boolean }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'notices.write')) return refused('crisis.refused.absent')
    const open = await tx
      .select()
      .from(noticeRecipient)
      .where(
        and(
          eq(noticeRecipient.organisationId, input.organisationId),
          isNull(noticeRecipient.acknowledgedAt),
          lte(noticeRecipient.toldAt, now),
        ),
      )
      .orderBy(noticeRecipient.id)
      .for('update')
    // A colleague was first, or the authority answered by itself meanwhile.
    if (open.length === 0) return refused('crisis.refused.called_already')
    for (const one of open) {
      await tx
        .update(noticeRecipient)
        .set({ calledAt: now, calledByName: actor.name, callResult: input.result })
        .where(eq(noticeRecipient.id, one.id))
      await append(tx, actor, {
        chain: `notice:${one.noticeId}`,
        at: now,
        event: 'notice.called',
        visibility: 'internal',
        text: input.result,
        data: { noticeId: one.noticeId, organisationId: one.organisationId },
      })
      if (input.acknowledged) await acknowledged(tx, actor, one, input.by ?? actor.name, now)
    }
    return { ok: true, value: { acknowledged: input.acknowledged } }
  })
}

/** The clock's part: what nobody acknowledged after ten minutes becomes a call task. */
export function askForCalls(actor: MachineActor, now: Date): Promise<number> {
  return asActor(actor, async (tx) => {
    const { noticeAckMin } = await clockInForce(tx)
    const before = new Date(now.getTime() - noticeAckMin * 60_000)
    const due = await tx
      .update(noticeRecipient)
      .set({ callDueAt: now })
      .where(
        and(
          isNull(noticeRecipient.acknowledgedAt),
          isNull(noticeRecipient.callDueAt),
          lte(noticeRecipient.toldAt, before),
        ),
      )
      .returning({ noticeId: noticeRecipient.noticeId, organisationId: noticeRecipient.organisationId })
    for (const one of due) {
      await append(tx, actor, {
        chain: `notice:${one.noticeId}`,
        at: now,
        event: 'notice.call_due',
        visibility: 'internal',
        data: { noticeId: one.noticeId, organisationId: one.organisationId },
      })
    }
    return due.length
  })
}

type RecipientRow = typeof noticeRecipient.$inferSelect

async function acknowledged(tx: Tx, actor: Actor, one: RecipientRow, by: string, now: Date): Promise<void> {
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
