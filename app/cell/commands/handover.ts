import { and, desc, eq, isNull } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { handover } from '#db/schema/crisis.ts'
import { asActor } from '#db/transaction.ts'
import { handoverContent } from '../handover-content.ts'
import type { Input, signInput } from '../input.ts'

/** Relève: generated from what is true now. The one not yet signed by the outgoing person is generated again. */
export function generateHandover(actor: Actor, now: Date): Promise<Result<{ handoverId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !may(actor, 'handover.sign')) return refused('cell.refused.absent')
    const content = await handoverContent(tx, now)
    const [open] = await tx
      .select()
      .from(handover)
      .where(and(eq(handover.outgoingId, actor.accountId), isNull(handover.outgoingSignedAt)))
      .orderBy(desc(handover.id))
      .limit(1)
    if (open) {
      await tx
        .update(handover)
        .set({ content, generatedAt: now, version: open.version + 1 })
        .where(eq(handover.id, open.id))
      return { ok: true, value: { handoverId: open.id } }
    }
    const [made] = await tx
      .insert(handover)
      .values({
        exerciseId: exerciseOf(actor),
        outgoingId: actor.accountId,
        outgoingName: actor.name,
        generatedAt: now,
        content,
      })
      .returning({ id: handover.id })
    const handoverId = made?.id as number
    await append(tx, actor, {
      chain: 'handovers',
      at: now,
      event: 'handover.generated',
      visibility: 'internal',
      data: { handoverId },
    })
    return { ok: true, value: { handoverId } }
  })
}

/**
 * Signed first by the outgoing person, with what is suspected and not written; then by the incoming one, somebody else, who
 * takes the desk by it. What was signed is not changed any more.
 */
export function signHandover(
  actor: Actor,
  input: Input<typeof signInput>,
  now: Date,
): Promise<Result<{ signed: 'outgoing' | 'incoming' }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !may(actor, 'handover.sign')) return refused('cell.refused.absent')
    const [one] = await tx.select().from(handover).where(eq(handover.id, input.handoverId)).for('update')
    if (!one) return refused('cell.refused.absent')
    const outgoing = !one.outgoingSignedAt
    if (outgoing && one.outgoingId !== actor.accountId)
      return refused('cell.refused.outgoing_first', { name: one.outgoingName })
    if (!outgoing && one.incomingSignedAt)
      return refused('cell.refused.signed', { name: one.incomingName ?? '' })
    if (!outgoing && one.outgoingId === actor.accountId) return refused('cell.refused.not_both')
    await tx
      .update(handover)
      .set(
        outgoing
          ? { suspected: input.suspected, outgoingSignedAt: now }
          : { incomingId: actor.accountId, incomingName: actor.name, incomingSignedAt: now },
      )
      .where(eq(handover.id, one.id))
    await append(tx, actor, {
      chain: 'handovers',
      at: now,
      event: 'handover.signed',
      visibility: 'internal',
      certainty: 'supposed',
      text: outgoing ? input.suspected : null,
      data: { handoverId: one.id, as: outgoing ? 'outgoing' : 'incoming' },
    })
    return { ok: true, value: { signed: outgoing ? 'outgoing' : 'incoming' } }
  })
}
