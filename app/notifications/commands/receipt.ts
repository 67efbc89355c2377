import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { worldsThatRing } from '#app/exercises/clock.ts'
import { type DeliveryState, messagePart, outbox } from '#db/schema/notification.ts'
import { asActor, goOnAs, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel } from '../port.ts'
import { leadingTo } from '../rules/delivery.ts'
import { giveUp, type OutboxRow } from './give-up.ts'

export type Receipt = { channel: string; externalId: string; says: 'delivered' | 'failed' }

/**
 * What the far side says came of messages, or of their parts: they arrived, or were lost; thousands at once, of a message to
 * thousands. Said twice, or too late, it changes nothing; said before a message was written down, it waits for that. Returns
 * whether it changed anything.
 */
export function recordReceipts(
  actor: MachineActor,
  receipts: readonly Receipt[],
  now: Date,
  given?: readonly Channel[],
): Promise<boolean> {
  return asActor(actor, async (tx) => {
    const parts = await knownParts(
      tx,
      receipts.map(({ channel, externalId, says }) => ({ channel, externalId, says, at: now })),
      { says: sql`coalesce(${messagePart.says}, excluded.says)` },
    )
    const ids = parts.flatMap(({ outboxId }) => outboxId ?? [])
    if (ids.length === 0) return false
    const channels = given ?? (await channelsIn(tx))
    let changed = await settle(tx, ids, now, channels)
    // A receipt says the name of a message, not its world: each settles its own.
    for (const { actor: there, time } of await worldsThatRing(tx, actor)) {
      await goOnAs(tx, there)
      changed = (await settle(tx, ids, time(now), channels)) || changed
    }
    return changed
  })
}

export type Sent = { row: OutboxRow; parts: readonly string[] }

/** Messages are written down as sent: their parts are known by name, and what was already said of them counts now. */
export async function partsSent(
  tx: Tx,
  sent: readonly Sent[],
  now: Date,
  channels: readonly Channel[],
): Promise<void> {
  const parts = await knownParts(
    tx,
    sent.flatMap(({ row: { channel, id }, parts: names }) =>
      names.filter(Boolean).map((externalId) => ({ channel, externalId, outboxId: id, at: now })),
    ),
    { outboxId: sql`coalesce(${messagePart.outboxId}, excluded.outbox_id)` },
  )
  const told = parts.flatMap(({ outboxId, says }) => (says === null ? [] : (outboxId ?? [])))
  if (told.length > 0) await settle(tx, told, now, channels)
}

type Part = typeof messagePart.$inferInsert

/** Each part once, in one order: two that write the same wait for each other, and never in a ring. */
async function knownParts(tx: Tx, parts: readonly Part[], set: Partial<Record<keyof Part, SQL>>) {
  const named = new Map(parts.toReversed().map((one) => [`${one.channel} ${one.externalId}`, one]))
  if (named.size === 0) return []
  return await tx
    .insert(messagePart)
    .values([...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one))
    .onConflictDoUpdate({ target: [messagePart.channel, messagePart.externalId], set })
    .returning({ outboxId: messagePart.outboxId, says: messagePart.says })
}

/** All of its parts have arrived, or one of them is lost. One after the other: two at once would each see the other's as not told yet. */
async function settle(
  tx: Tx,
  outboxIds: number[],
  now: Date,
  channels: readonly Channel[],
): Promise<boolean> {
  const these = inArray(outbox.id, outboxIds)
  await tx.select({ id: outbox.id }).from(outbox).where(these).orderBy(outbox.id).for('update')
  const told = await tx
    .select({
      id: messagePart.outboxId,
      lost: sql<boolean>`coalesce(bool_or(${messagePart.says} = 'failed'), false)`,
      all: sql<boolean>`bool_and(${messagePart.says} is not null)`,
    })
    .from(messagePart)
    .where(inArray(messagePart.outboxId, outboxIds))
    .groupBy(messagePart.outboxId)
  const ended = (says: DeliveryState, of: typeof told, set: Partial<OutboxRow>) =>
    tx
      .update(outbox)
      .set({ state: says, dueAt: null, ...set })
      .where(
        and(
          inArray(
            outbox.id,
            of.flatMap(({ id }) => id ?? []),
          ),
          inArray(outbox.state, leadingTo(says)),
        ),
      )
      .returning()
  const arrived = await ended(
    'delivered',
    told.filter(({ lost, all }) => all && !lost),
    { deliveredAt: now, lastError: null },
  )
  const lost = await ended(
    'failed',
    told.filter((one) => one.lost),
    { lastError: 'lost on the way' },
  )
  for (const row of lost) await giveUp(tx, row, now, channels)
  return arrived.length + lost.length > 0
}
