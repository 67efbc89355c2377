import { and, eq, inArray } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel } from '../port.ts'
import { type CallEnd, dialAgain } from '../rules/ringing.ts'
import { giveUp, type OutboxRow } from './give-up.ts'
import { enterWorldOf } from './world-of.ts'

export async function stayHome(tx: Tx, row: OutboxRow): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'cancelled', dueAt: null, claim: null })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending')))
}

/** The gateway says that a call is over. One that was acknowledged in it stays so. */
export async function endCall(
  machine: MachineActor,
  outboxId: number,
  end: CallEnd,
  call: string | null | undefined,
  now: Date,
  given?: readonly Channel[],
): Promise<void> {
  await asActor(machine, async (tx) => {
    const world = await enterWorldOf(tx, machine, outboxId)
    const [row] = await tx.select().from(outbox).where(eq(outbox.id, outboxId)).for('update')
    if (!row || (call && row.externalId && row.externalId !== call)) return
    await callEnded(tx, row, end, world.time(now), given ?? (await channelsIn(tx)))
  })
}

export async function callEnded(
  tx: Tx,
  row: OutboxRow,
  end: CallEnd,
  now: Date,
  channels: readonly Channel[],
): Promise<void> {
  // It may be over before the worker has written down that it began.
  if (row.state !== 'sent' && row.state !== 'sending') return
  const began = row.state === 'sent' && row.sentAt ? row.sentAt : now
  const again = dialAgain(row.kind, end, row.attempts, began.getTime(), now.getTime())
  const [written] = await tx
    .update(outbox)
    .set({
      state: again === null ? 'failed' : 'queued',
      dueAt: again === null ? null : new Date(again),
      claim: null,
      lastError: end,
    })
    .where(and(eq(outbox.id, row.id), inArray(outbox.state, ['sent', 'sending'])))
    .returning()
  if (written && again === null) await giveUp(tx, written, now, channels)
}
