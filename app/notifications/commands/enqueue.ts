import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { exerciseOf, type MachineActor } from '#app/_auth/actor.ts'
import { outbox } from '#db/schema/notification.ts'
import type { Tx } from '#db/transaction.ts'
import { inbox } from '../channels/inbox.ts'
import { channelsIn } from '../channels/registry.ts'
import type { Channel, Told } from '../port.ts'
import { ringingPlan, rings } from '../rules/ringing.ts'
import { AT_ONCE, mayBeHeld, WINDOW_S, windowEnd } from '../rules/throttle.ts'
import { type Recipient, type Way, waysTo } from './ways.ts'

type Row = typeof outbox.$inferInsert
/** What is told to one recipient: an account, or someone of the directory who has none. */
export type Telling = Omit<Told, 'accountId'> & { to: Recipient }

/**
 * Queues a row per recipient, fact and channel, in the caller's transaction: the channels of the house at once, for they are
 * rows themselves; of the others the first that reaches him, when it presses. The next one takes over when that one fails.
 */
export async function enqueue(
  tx: Tx,
  actor: MachineActor,
  tellings: Telling[],
  pressing: boolean,
  now: Date,
  given?: readonly Channel[],
): Promise<void> {
  if (tellings.length === 0) return
  const exerciseId = exerciseOf(actor)
  const leaves = pressing || tellings.some(({ to }) => to.type !== 'account')
  const channels = given ?? (leaves ? await channelsIn(tx) : [inbox])
  const rows: Row[] = []
  const sending: Promise<unknown>[] = []
  for (const channel of channels) {
    if (channel.where !== 'here') continue
    const own = tellings.filter(({ to }) => to.type === 'account')
    rows.push(
      ...own.map((one) => ({
        ...row(one, channel.name, pressing, exerciseId, now),
        state: 'delivered' as const,
        sentAt: now,
        deliveredAt: now,
      })),
    )
    const told = own.map(({ to, ...rest }) => ({ ...rest, accountId: to.accountId }))
    if (told.length > 0) sending.push(channel.send(tx, exerciseId, told, now))
  }
  // Nothing of an exercise leaves the house: nobody out there must take it for the truth.
  if (exerciseId === null) rows.push(...(await outside(tx, tellings, pressing, now, channels)))
  if (rows.length > 0) sending.push(tx.insert(outbox).values(rows).onConflictDoNothing())
  // Sent together, they are one round trip.
  await Promise.all(sending)
}

async function outside(
  tx: Tx,
  tellings: Telling[],
  pressing: boolean,
  now: Date,
  channels: readonly Channel[],
): Promise<Row[]> {
  const rows: Row[] = []
  for (const one of tellings) {
    if (!pressing && one.to.type === 'account') continue
    const ways = await waysTo(tx, one.to, channels)
    if (rings(one.kind)) rows.push(...ringing(one, ways, now))
    else if (ways[0]) {
      rows.push(await heldBack(tx, queued(one, ways[0], pressing, now), now))
      // The report itself travels by mail; what is quicker says that it is there.
      const mail = one.kind === 'notice_issued' && ways.find(({ channel }) => channel.name === 'mail')
      if (mail && mail !== ways[0]) rows.push(queued(one, mail, pressing, now))
    }
  }
  return rows
}

/** In a flood what is not urgent is told together, in one message at the end of the window; the inbox holds each of them. */
async function heldBack(tx: Tx, row: Row, now: Date): Promise<Row> {
  if (!mayBeHeld(row.kind)) return row
  const [lately] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(outbox)
    .where(
      and(
        eq(outbox.toType, row.toType),
        eq(outbox.toId, row.toId),
        eq(outbox.channel, row.channel),
        gt(outbox.createdAt, new Date(now.getTime() - WINDOW_S * 1000)),
        ne(outbox.state, 'cancelled'),
      ),
    )
  if ((lately?.n ?? 0) < AT_ONCE) return row
  const end = windowEnd(now.getTime())
  return {
    ...row,
    kind: 'digest',
    data: {},
    caseId: null,
    incidentId: null,
    dedupeKey: `digest:${end}`,
    dueAt: new Date(end),
  }
}

/** Whoever is called is called by all that he has, each at its moment; called in the next round too, he rings already. */
function ringing(one: Telling, ways: Way[], now: Date): Row[] {
  const named = ways.map((way) => ({ ...way, channel: way.channel.name, way }))
  return ringingPlan(named).map(({ way: { way }, afterS }) => ({
    ...queued({ ...one, dedupeKey: `called:${one.data.crisisId ?? one.dedupeKey}` }, way, true, now),
    dueAt: new Date(now.getTime() + afterS * 1000),
  }))
}

export function queued(one: Telling, { destination, channel }: Way, pressing: boolean, now: Date): Row {
  return {
    ...row(one, channel.name, pressing, null, now),
    toType: destination.type,
    toId: destination.id,
    state: 'queued',
    dueAt: now,
  }
}

function row(
  { to, ...told }: Telling,
  channel: string,
  pressing: boolean,
  exerciseId: number | null,
  now: Date,
): Omit<Row, 'state'> {
  return {
    ...told,
    exerciseId,
    toType: to.type,
    toId: to.id,
    accountId: to.accountId,
    channel,
    pressing,
    createdAt: now,
  }
}
