import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { type DeliveryState, messagePart, outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel } from '../port.ts'
import { leadingTo } from '../rules/delivery.ts'
import { giveUp, type OutboxRow } from './give-up.ts'

export type Receipt = { channel: string; externalId: string; says: 'delivered' | 'failed' }

/**
 * What the far side says came of a message, or of one part of it: it arrived, or was lost. Said twice, or too late, it changes
 * nothing; said before the message was written down, it waits for that. Returns whether it changed anything.
 */
export function recordReceipt(
  actor: MachineActor,
  { channel, externalId, says }: Receipt,
  now: Date,
  given?: readonly Channel[],
): Promise<boolean> {
  return asActor(actor, async (tx) => {
    const [part] = await tx
      .insert(messagePart)
      .values({ channel, externalId, says, at: now })
      .onConflictDoUpdate({
        target: [messagePart.channel, messagePart.externalId],
        set: { says: sql`coalesce(${messagePart.says}, excluded.says)` },
      })
      .returning()
    if (!part?.outboxId) return false
    return settle(tx, part.outboxId, now, given ?? (await channelsIn(tx)))
  })
}

/** A message is written down as sent: its parts are known by name, and what was already said of them counts now. */
export async function partsSent(
  tx: Tx,
  row: OutboxRow,
  externalIds: string[],
  now: Date,
  channels: readonly Channel[],
): Promise<void> {
  const named = externalIds.filter(Boolean)
  if (named.length === 0) return
  const parts = await tx
    .insert(messagePart)
    .values(named.map((externalId) => ({ channel: row.channel, externalId, outboxId: row.id, at: now })))
    .onConflictDoUpdate({
      target: [messagePart.channel, messagePart.externalId],
      set: { outboxId: sql`coalesce(${messagePart.outboxId}, excluded.outbox_id)` },
    })
    .returning({ says: messagePart.says })
  if (parts.some((one) => one.says !== null)) await settle(tx, row.id, now, channels)
}

/** All of its parts have arrived, or one of them is lost. One after the other: two at once would each see the other's as not told yet. */
async function settle(tx: Tx, outboxId: number, now: Date, channels: readonly Channel[]): Promise<boolean> {
  await tx.select({ id: outbox.id }).from(outbox).where(eq(outbox.id, outboxId)).for('update')
  const parts = await tx.select().from(messagePart).where(eq(messagePart.outboxId, outboxId))
  if (parts.length === 0) return false
  const lost = parts.some((one) => one.says === 'failed')
  if (!lost && parts.some((one) => one.says === null)) return false
  const says: DeliveryState = lost ? 'failed' : 'delivered'
  const [row] = await tx
    .update(outbox)
    .set({
      state: says,
      dueAt: null,
      ...(lost ? { lastError: 'lost on the way' } : { deliveredAt: now, lastError: null }),
    })
    .where(and(eq(outbox.id, outboxId), inArray(outbox.state, leadingTo(says))))
    .returning()
  if (row && lost) await giveUp(tx, row, now, channels)
  return row !== undefined
}
