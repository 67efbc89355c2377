import { and, eq } from 'drizzle-orm'
import { outbox } from '#db/schema/notification.ts'
import type { Tx } from '#db/transaction.ts'
import type { Channel } from '../port.ts'
import { isOfOneWay, nextWay } from '../rules/delivery.ts'
import { queued, type Telling } from './enqueue.ts'
import { type Recipient, waysTo } from './ways.ts'

export type OutboxRow = typeof outbox.$inferSelect

/** A way has failed: the next one of the same recipient is queued, unless he has answered, or all were tried. */
export async function giveUp(tx: Tx, row: OutboxRow, now: Date, channels: readonly Channel[]): Promise<void> {
  if (isOfOneWay(row.kind)) return
  const to = recipientOf(row)
  const tried = await tx
    .select({ toType: outbox.toType, toId: outbox.toId, channel: outbox.channel, state: outbox.state })
    .from(outbox)
    .where(
      and(
        eq(outbox.dedupeKey, row.dedupeKey),
        row.accountId === null
          ? and(eq(outbox.toType, row.toType), eq(outbox.toId, row.toId))
          : eq(outbox.accountId, row.accountId),
      ),
    )
  if (tried.some((one) => one.state === 'acknowledged')) return
  const ways = (await waysTo(tx, to, channels)).map((way) => ({
    way,
    toType: way.destination.type,
    toId: way.destination.id,
    channel: way.channel.name,
  }))
  const next = nextWay(ways, tried)
  if (!next) return
  const { kind, data, caseId, incidentId, dedupeKey, pressing } = row
  const telling: Telling = { to, kind, data, caseId, incidentId, dedupeKey }
  await tx
    .insert(outbox)
    .values(queued(telling, next.way, pressing, now))
    .onConflictDoNothing()
}

function recipientOf(row: OutboxRow): Recipient {
  if (row.accountId !== null) return { type: 'account', id: row.accountId, accountId: row.accountId }
  return { type: row.toType === 'post' ? 'post' : 'contact', id: row.toId, accountId: null }
}
