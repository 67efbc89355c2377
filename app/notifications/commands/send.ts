import { randomUUID } from 'node:crypto'
import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { channelProof, outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel, ChannelOutside, Outcome } from '../port.ts'
import { afterTry, LEASE_S, PATIENCE_S } from '../rules/delivery.ts'
import { giveUp, type OutboxRow } from './give-up.ts'
import { partsSent } from './receipt.ts'
import { destinationOf } from './ways.ts'

const AT_ONCE = 20

/**
 * The clock's turn: what is due is claimed, sent outside any transaction, and written down. Two workers never claim the same;
 * one that dies is taken over when its lease is over. Returns how many were tried.
 */
export async function sendDue(clock: MachineActor, now: Date, given?: readonly Channel[]): Promise<number> {
  const channels = given ?? (await asActor(clock, channelsIn))
  const outside = channels.filter((one) => one.where === 'outside')
  if (outside.length === 0) return 0
  for (const channel of outside) channel.attend?.()
  await missReceipts(clock, now, channels)
  let tried = 0
  for (;;) {
    const claimed = await claimDue(clock, now, outside)
    const ended = await Promise.allSettled(claimed.map((row) => tryOne(clock, row, now, channels)))
    const broken = ended.find((one) => one.status === 'rejected')
    if (broken) throw broken.reason
    tried += claimed.length
    if (claimed.length < AT_ONCE) return tried
  }
}

/** Takes what is due for one try. What was being sent when its worker died may have gone out: it says so, unless the far side knows keys. */
export function claimDue(
  clock: MachineActor,
  now: Date,
  outside: readonly ChannelOutside[],
): Promise<OutboxRow[]> {
  const knowing = outside.filter((one) => one.knowsKeys).map((one) => one.name)
  return asActor(clock, async (tx) => {
    const due = tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          lte(outbox.dueAt, now),
          inArray(outbox.state, ['queued', 'sending']),
          inArray(
            outbox.channel,
            outside.map((one) => one.name),
          ),
        ),
      )
      .orderBy(sql`${outbox.pressing} desc`, outbox.dueAt, outbox.id)
      .limit(AT_ONCE)
      .for('update', { skipLocked: true })
    return await tx
      .update(outbox)
      .set({
        state: 'sending',
        attempts: sql`${outbox.attempts} + 1`,
        dueAt: new Date(now.getTime() + LEASE_S * 1000),
        claim: randomUUID(),
        mayArriveTwice: sql`${outbox.mayArriveTwice} or (${outbox.state} = 'sending' and not ${outbox.channel} = any (${`{${knowing.join(',')}}`}::text[]))`,
      })
      .where(inArray(outbox.id, due))
      .returning()
  })
}

async function tryOne(
  clock: MachineActor,
  row: OutboxRow,
  now: Date,
  channels: readonly Channel[],
): Promise<void> {
  const channel = channels.find((one) => one.name === row.channel)
  if (channel?.where !== 'outside') return
  const [destination, locale] = await asActor(clock, (tx) =>
    Promise.all([destinationOf(tx, row.toType, row.toId), localeOf(tx, row.accountId)]),
  )
  if (!destination || !channel.validate(destination).ok)
    return writeDown(clock, row, { never: 'out of use' }, now, channels)
  const message = { ...row, key: `permanence-${row.id}`, locale, sentAt: now }
  let outcome: Outcome
  let unknown = false
  try {
    outcome = await channel.send(message, destination, AbortSignal.timeout(PATIENCE_S * 1000))
  } catch (error) {
    // Neither taken nor refused: it may have gone out.
    unknown = !channel.knowsKeys
    outcome = { retry: error instanceof Error ? error.message : String(error) }
  }
  await writeDown(clock, row, outcome, now, channels, unknown)
}

/** What came of a try. Nothing is written when another worker has taken the row over meanwhile. */
export async function writeDown(
  clock: MachineActor,
  row: OutboxRow,
  outcome: Outcome,
  now: Date,
  channels: readonly Channel[],
  unknown = false,
): Promise<void> {
  const tried = 'accepted' in outcome ? 'accepted' : 'retry' in outcome ? 'retry' : 'never'
  const after = afterTry(tried, row.attempts)
  const within = channels.find((one) => one.name === row.channel)
  const receiptS = within?.where === 'outside' ? within.receiptWithinS : null
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  await asActor(clock, async (tx) => {
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
        ...(unknown ? { mayArriveTwice: true } : {}),
      })
      .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending'), eq(outbox.claim, row.claim ?? '')))
      .returning()
    await proved(tx, row.channel, 'retry' in outcome ? outcome.retry : null, now)
    if (written && 'accepted' in outcome)
      await partsSent(tx, row, outcome.parts ?? [outcome.accepted], now, channels)
    if (written && after.state === 'failed') await giveUp(tx, written, now, channels)
  })
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

async function localeOf(tx: Tx, accountId: number | null): Promise<'fr' | 'en'> {
  if (accountId === null) return 'fr'
  const [row] = await tx.select({ locale: account.locale }).from(account).where(eq(account.id, accountId))
  return row?.locale ?? 'fr'
}

/** Taken by the far side, and then nothing: the next way is tried. A receipt that comes after all still counts. */
async function missReceipts(clock: MachineActor, now: Date, channels: readonly Channel[]): Promise<void> {
  await asActor(clock, async (tx) => {
    const silent = await tx
      .update(outbox)
      .set({ state: 'failed', dueAt: null, lastError: 'no receipt' })
      .where(and(lte(outbox.dueAt, now), eq(outbox.state, 'sent')))
      .returning()
    for (const row of silent) await giveUp(tx, row, now, channels)
  })
}
