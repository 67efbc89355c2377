import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, inArray, lte, ne, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { realWorld, worldsThatRing } from '#app/exercises/clock.ts'
import { account } from '#db/schema/account.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { closeLinks } from '../channels/links.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel, ChannelOutside, Destination, Message } from '../port.ts'
import { LEASE_S, PATIENCE_S } from '../rules/delivery.ts'
import { rings } from '../rules/ringing.ts'
import { enclosedIn } from './enclosed.ts'
import { giveUp, type OutboxRow } from './give-up.ts'
import { manyOf, whileItSends } from './mass.ts'
import { callEnded } from './ringing.ts'
import { stillWanted } from './still-wanted.ts'
import { destinationOf } from './ways.ts'
import { type Try, writer } from './write-down.ts'

const AT_ONCE = 50
/** A turn waits no longer for a channel that hangs: the others go on, and this one is left alone until it ends. */
const TURN_MS = 3_000

const busy = new Map<string, Promise<void>>()
let broken: unknown = null

/** The clock's turn: each channel in its own lane, of each world that sends, so that a gateway that hangs makes no other channel wait. */
export async function sendInLanes(clock: MachineActor, time: () => Date): Promise<void> {
  const [channels, exercises] = await asActor(clock, async (tx) => [
    await channelsIn(tx),
    (await worldsThatRing(tx, clock)).filter(({ running }) => running),
  ])
  if (!channels.some((one) => one.name === 'sms')) await closeLinks()
  // What an exercise sends has lanes of its own: nothing real waits behind it.
  const lanes = [realWorld(clock), ...exercises].flatMap(({ actor, time: hour }) =>
    channels.flatMap(({ name }) => {
      const key = `${actor.exerciseId ?? 'real'}:${name}`
      if (busy.has(key)) return []
      const lane = sendWhileDue(actor, () => hour(time()), channels, [name])
        .catch((error: unknown) => {
          broken = error
        })
        .finally(() => busy.delete(key))
      busy.set(key, lane)
      return [lane]
    }),
  )
  await Promise.race([Promise.all(lanes), wait(TURN_MS, null, { ref: false })])
  const failed = broken
  broken = null
  if (failed) throw failed
}

/** What is being sent now is sent, and written down: before its links and its database are closed. */
export async function lanesEnded(): Promise<void> {
  await Promise.all(busy.values())
}

/** Batch after batch, each at its own hour: by that of the first the lease of a later one would be over before it is sent. */
export async function sendWhileDue(
  clock: MachineActor,
  time: () => Date,
  channels: readonly Channel[],
  only?: readonly string[],
): Promise<void> {
  let tried = AT_ONCE
  while (tried >= AT_ONCE) tried = await sendDue(clock, time(), channels, only)
}

/**
 * One batch of what is due is claimed, sent outside any transaction, and written down. Two workers never claim the same; one that dies is
 * taken over when its lease is over. Returns how many were tried.
 */
export async function sendDue(
  clock: MachineActor,
  now: Date,
  given?: readonly Channel[],
  only?: readonly string[],
): Promise<number> {
  const channels = given ?? (await asActor(clock, channelsIn))
  const outside = channels.filter((one) => one.where === 'outside' && (!only || only.includes(one.name)))
  if (!isOutside(outside) || outside.length === 0) return 0
  for (const channel of outside) channel.attend?.()
  await missReceipts(clock, now, channels, outside)
  await leaveUnknown(clock, now)
  const write = writer(clock, now, channels)
  const claimed = await claimDue(clock, now, outside)
  const to = await asActor(clock, (tx) => addressedAll(tx, claimed))
  const ended = await whileItSends(clock, claimed, (stopped) =>
    Promise.allSettled(to.map((one) => tryOne(one, now, channels, stopped).then(write))),
  )
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return claimed.length
}

function isOutside(channels: readonly Channel[]): channels is readonly ChannelOutside[] {
  return channels.every((one) => one.where === 'outside')
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
          or(eq(outbox.state, 'queued'), ne(outbox.toType, 'telephone')),
          // Whatever an exercise wrote to the telephones of the public or to the directory stays in the house.
          clock.exerciseId === null ? undefined : inArray(outbox.toType, ['account', 'way', 'browser']),
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
        // What the last try was called: the end of this one may be told before its own name is known.
        externalId: null,
        mayArriveTwice: sql`${outbox.mayArriveTwice} or (${outbox.state} = 'sending' and not ${outbox.channel} = any (${`{${knowing.join(',')}}`}::text[]))`,
      })
      .where(inArray(outbox.id, due))
      .returning()
  })
}

type Reader = Pick<Message, 'locale' | 'role' | 'enclosed'>
type Addressed = { row: OutboxRow; destination: Destination | null; reader: Reader; wanted: boolean }

async function addressedAll(tx: Tx, rows: readonly OutboxRow[]): Promise<Addressed[]> {
  const many = await manyOf(tx, rows)
  return Promise.all(
    rows.map((row) => {
      const one = row.toType === 'telephone' ? many.get(row.toId) : undefined
      if (!one) return addressed(tx, row)
      const destination = { type: 'telephone', id: row.toId, phone: one.phone, email: null } as const
      return { row, destination, reader: NOBODY_KNOWN, wanted: one.sends }
    }),
  )
}

async function addressed(tx: Tx, row: OutboxRow): Promise<Addressed> {
  const [destination, reader, wanted] = await Promise.all([
    destinationOf(tx, row.toType, row.toId),
    readerOf(tx, row.accountId),
    // A report is sent all the same to whoever chose to have it: only what rings asks for his answer.
    rings(row.kind) || row.channel === 'voice' ? stillWanted(tx, row) : true,
  ])
  const enclosed = await enclosedIn(tx, row, reader.locale)
  return { row, destination, reader: { ...reader, enclosed }, wanted }
}

async function tryOne(
  { row, destination, reader, wanted }: Addressed,
  now: Date,
  channels: readonly Channel[],
  stopped: AbortSignal | null,
): Promise<Try> {
  const channel = channels.find((one) => one.name === row.channel)
  if (!wanted || channel?.where !== 'outside') return { row, outcome: null, unknown: false }
  if (!destination || !channel.validate(destination).ok)
    return { row, outcome: { never: 'out of use' }, unknown: false }
  const message = { ...row, key: `permanence-${row.id}`, ...reader, sentAt: now }
  try {
    const patience = AbortSignal.timeout(PATIENCE_S * 1000)
    const ends = stopped && row.toType === 'telephone' ? AbortSignal.any([patience, stopped]) : patience
    const outcome = await channel.send(message, destination, ends)
    return { row, outcome, unknown: false }
  } catch (error) {
    // Neither taken nor refused: it may have gone out.
    const retry = error instanceof Error ? error.message : String(error)
    return { row, outcome: { retry }, unknown: !channel.knowsKeys }
  }
}

const NOBODY_KNOWN: Reader = { locale: 'fr', role: null }

async function readerOf(tx: Tx, accountId: number | null): Promise<Reader> {
  if (accountId === null) return NOBODY_KNOWN
  const [row] = await tx
    .select({ locale: account.locale, role: account.role })
    .from(account)
    .where(eq(account.id, accountId))
  return row ?? NOBODY_KNOWN
}

/** Its worker died with it: it may have gone out, and one of many is never written to twice. It is on the list of calls. */
async function leaveUnknown(clock: MachineActor, now: Date): Promise<void> {
  await asActor(clock, (tx) =>
    tx
      .update(outbox)
      .set({ state: 'failed', dueAt: null, claim: null, lastError: 'unknown' })
      .where(and(lte(outbox.dueAt, now), eq(outbox.state, 'sending'), eq(outbox.toType, 'telephone'))),
  )
}

/** Taken by the far side, and then nothing: the next way is tried. A receipt that comes after all still counts. */
async function missReceipts(
  clock: MachineActor,
  now: Date,
  channels: readonly Channel[],
  own: readonly Channel[],
): Promise<void> {
  const names = own.map((one) => one.name)
  await asActor(clock, async (tx) => {
    const silent = await tx
      .update(outbox)
      .set({ state: 'failed', dueAt: null, lastError: 'no receipt' })
      .where(
        and(
          lte(outbox.dueAt, now),
          eq(outbox.state, 'sent'),
          ne(outbox.channel, 'voice'),
          inArray(outbox.channel, names),
        ),
      )
      .returning()
    for (const row of silent) await giveUp(tx, row, now, channels)
    if (!names.includes('voice')) return
    const unheard = await tx
      .select()
      .from(outbox)
      .where(and(lte(outbox.dueAt, now), eq(outbox.state, 'sent'), eq(outbox.channel, 'voice')))
      .for('update', { skipLocked: true })
    for (const row of unheard) await callEnded(tx, row, 'unknown', now, channels)
  })
}
