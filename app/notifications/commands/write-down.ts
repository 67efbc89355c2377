import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { channelProof, outbox, pushSubscription } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { GONE } from '../channels/push.ts'
import type { Channel, Outcome } from '../port.ts'
import { afterTry, isAtMostOnce } from '../rules/delivery.ts'
import { rings } from '../rules/ringing.ts'
import { gather } from './gather.ts'
import { giveUp, type OutboxRow } from './give-up.ts'
import { partsSent, type Sent } from './receipt.ts'
import { stayHome } from './ringing.ts'

/** What came of one try: null, when it was not to be made any more. `unknown`: it may have gone out. */
export type Try = { row: OutboxRow; outcome: Outcome | null; unknown: boolean }

/** Writes down what came of each, as it comes. */
export function writer(clock: MachineActor, now: Date, channels: readonly Channel[]) {
  return gather<Try>((all) => writeAll(clock, all, now, channels))
}

/** What came of a try. Nothing is written when another worker has taken the row over meanwhile. */
export function writeDown(
  clock: MachineActor,
  row: OutboxRow,
  outcome: Outcome,
  now: Date,
  channels: readonly Channel[],
): Promise<void> {
  return writeAll(clock, [{ row, outcome, unknown: false }], now, channels)
}

function writeAll(clock: MachineActor, tries: Try[], now: Date, channels: readonly Channel[]): Promise<void> {
  return asActor(clock, async (tx) => {
    const [last] = tries.slice(-1)
    // What a channel proves is a fact of the real world, by its clock: an exercise writes none.
    if (last?.outcome && clock.exerciseId === null)
      await proved(tx, last.row.channel, 'retry' in last.outcome ? last.outcome.retry : null, now)
    const sent = await Promise.all(tries.map((one) => write(tx, one, now, channels)))
    await partsSent(
      tx,
      sent.flatMap((one) => one ?? []),
      now,
      channels,
    )
  })
}

async function write(
  tx: Tx,
  { row, outcome, unknown }: Try,
  now: Date,
  channels: readonly Channel[],
): Promise<Sent | null> {
  if (!outcome) {
    await stayHome(tx, row)
    return null
  }
  const tried = 'accepted' in outcome ? 'accepted' : 'retry' in outcome ? 'retry' : 'never'
  const after =
    unknown && isAtMostOnce(row.toType)
      ? ({ state: 'failed' } as const)
      : afterTry(tried, row.attempts, row.channel === 'voice' && rings(row.kind))
  const within = channels.find((one) => one.name === row.channel)
  const receiptS = within?.where === 'outside' ? within.receiptWithinS : null
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  const [written] = await tx
    .update(outbox)
    .set({
      state: after.state,
      claim: null,
      dueAt:
        after.state === 'queued'
          ? later(after.afterS)
          : after.state === 'sent' && receiptS
            ? later(receiptS)
            : null,
      ...('accepted' in outcome ? { externalId: outcome.accepted, sentAt: now, lastError: null } : {}),
      ...('retry' in outcome ? { lastError: outcome.retry } : {}),
      ...('never' in outcome ? { lastError: outcome.never } : {}),
      ...(unknown ? (isAtMostOnce(row.toType) ? { lastError: 'unknown' } : { mayArriveTwice: true }) : {}),
    })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending'), eq(outbox.claim, row.claim ?? '')))
    .returning()
  // A browser that its maker no longer knows is no way any more.
  if (row.toType === 'browser' && 'never' in outcome && outcome.never === GONE)
    await tx.delete(pushSubscription).where(eq(pushSubscription.id, row.toId))
  if (written && after.state === 'failed') await giveUp(tx, written, now, channels)
  return written && 'accepted' in outcome ? { row, parts: outcome.parts ?? [outcome.accepted] } : null
}

/** What a channel last proved: that the far side takes messages, or why it does not. A number it refuses is not its fault. */
async function proved(tx: Tx, channel: string, error: string | null, now: Date): Promise<void> {
  const fresh =
    error === null
      ? { acceptedAt: now, error: null, failures: 0 }
      : { failedAt: now, error, failures: sql<number>`coalesce(${channelProof.failures}, 0) + 1` }
  await tx
    .insert(channelProof)
    .values({ channel, ...fresh, failures: error === null ? 0 : 1 })
    .onConflictDoUpdate({ target: channelProof.channel, set: fresh })
}
