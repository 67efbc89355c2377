import { and, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import { exerciseOf, type MachineActor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { account } from '#db/schema/account.ts'
import { exercise } from '#db/schema/exercise.ts'
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
  // Nothing of an exercise leaves the house unless its leader said so, and then to the people of the cell alone: nobody else out
  // there must take it for the truth.
  const out = exerciseId === null ? tellings : pressing ? await ofThoseWhoPlay(tx, exerciseId, tellings) : []
  rows.push(...(await outside(tx, out, pressing, now, channels, exerciseId)))
  if (rows.length > 0) sending.push(tx.insert(outbox).values(rows).onConflictDoNothing())
  // Sent together, they are one round trip.
  await Promise.all(sending)
}

/** Of an exercise that really rings, those who may be in it; of any other, nobody. */
async function ofThoseWhoPlay(tx: Tx, exerciseId: number, tellings: Telling[]): Promise<Telling[]> {
  const playing = await tx
    .select({ id: account.id })
    .from(exercise)
    .innerJoin(account, inArray(account.role, rolesWith('exercises.enter')))
    .where(
      and(
        eq(exercise.id, exerciseId),
        eq(exercise.rings, true),
        inArray(
          account.id,
          tellings.flatMap(({ to }) => to.accountId ?? []),
        ),
      ),
    )
  return tellings.filter(({ to }) => playing.some(({ id }) => id === to.accountId))
}

async function outside(
  tx: Tx,
  tellings: Telling[],
  pressing: boolean,
  now: Date,
  channels: readonly Channel[],
  exerciseId: number | null,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const one of tellings) {
    if (!pressing && one.to.type === 'account') continue
    const ways = await waysTo(tx, one.to, channels, exerciseId !== null)
    if (rings(one.kind)) rows.push(...ringing(one, ways, now, exerciseId))
    else if (ways[0]) {
      rows.push(await heldBack(tx, queued(one, ways[0], pressing, now, exerciseId), now))
      // The report itself travels by mail; what is quicker says that it is there.
      const mail = one.kind === 'notice_issued' && ways.find(({ channel }) => channel.name === 'mail')
      if (mail && mail !== ways[0]) rows.push(queued(one, mail, pressing, now, exerciseId))
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
    // Two exercises of one drill have the same hours.
    dedupeKey: ['digest', row.exerciseId ?? [], end].flat().join(':'),
    dueAt: new Date(end),
  }
}

/** Whoever is called is called by all that he has, each at its moment; called in the next round too, he rings already. */
function ringing(one: Telling, ways: Way[], now: Date, exerciseId: number | null): Row[] {
  const named = ways.map((way) => ({ ...way, channel: way.channel.name, way }))
  return ringingPlan(named).map(({ way: { way }, afterS }) => ({
    ...queued(
      { ...one, dedupeKey: `called:${one.data.crisisId ?? one.dedupeKey}` },
      way,
      true,
      now,
      exerciseId,
    ),
    dueAt: new Date(now.getTime() + afterS * 1000),
  }))
}

export function queued(
  one: Telling,
  { destination, channel }: Way,
  pressing: boolean,
  now: Date,
  exerciseId: number | null = null,
): Row {
  return {
    ...row(one, channel.name, pressing, exerciseId, now),
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
