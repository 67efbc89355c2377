import { and, eq, inArray } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { DELIVERY_STATES, outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { CHANNELS } from '../channels/registry.ts'
import type { Channel } from '../port.ts'
import { DELIVERY } from '../rules/delivery.ts'
import { giveUp } from './give-up.ts'

/**
 * What the far side says came of a message: it arrived, its reader answered, or it was lost. Said twice, or too late, it changes
 * nothing. Returns whether it did.
 */
export function recordReceipt(
  actor: MachineActor,
  receipt: { channel: string; externalId: string; says: 'delivered' | 'acknowledged' | 'failed' },
  now: Date,
  channels: readonly Channel[] = CHANNELS,
): Promise<boolean> {
  const { says } = receipt
  const from = DELIVERY_STATES.filter((state) => DELIVERY[state].next.includes(says))
  return asActor(actor, async (tx) => {
    const [row] = await tx
      .update(outbox)
      .set({
        state: says,
        dueAt: null,
        ...(says === 'delivered' ? { deliveredAt: now } : {}),
        ...(says === 'acknowledged' ? { acknowledgedAt: now } : {}),
        ...(says === 'failed' ? { lastError: 'lost on the way' } : {}),
      })
      .where(
        and(
          eq(outbox.channel, receipt.channel),
          eq(outbox.externalId, receipt.externalId),
          inArray(outbox.state, from),
        ),
      )
      .returning()
    if (row && says === 'failed') await giveUp(tx, row, now, channels)
    // He has answered: what else was to reach him about it need not go out.
    if (row?.accountId && says === 'acknowledged')
      await tx
        .update(outbox)
        .set({ state: 'cancelled', dueAt: null })
        .where(
          and(
            eq(outbox.dedupeKey, row.dedupeKey),
            eq(outbox.accountId, row.accountId),
            eq(outbox.state, 'queued'),
          ),
        )
    return row !== undefined
  })
}
