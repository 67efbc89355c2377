import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { asc, eq, sql } from 'drizzle-orm'
import type { AccountActor, MachineActor } from '#app/_auth/actor.ts'
import { secret } from '#app/_auth/cookie.ts'
import { type Letter, postOutward } from '#app/_doors/outward.ts'
import { isAllowedHost } from '#app/_doors/rules/allowed-host.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { journal } from '#db/schema/journal.ts'
import { ticketEvent, ticketListener } from '#db/schema/ticket.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { readQuery } from '../_ticket/asked.ts'
import { listTickets } from '../_ticket/queries.ts'
import { selected, ticketOf } from '../_ticket/ticket.ts'
import { ANSWER_MS, fateOf, nextTryMs } from '../rules/patience.ts'

/** Told by one worker at a time; one that dies is taken over when this is over. */
const LEASE_MS = 120_000
const [LISTENERS_AT_ONCE, EVENTS_AT_ONCE, TURN_MS] = [50, 5, 3_000]

type Listener = typeof ticketListener.$inferSelect
type Told = { id: number; type: string; reference: string; lineId: number; at: Date }
export type Send = (letter: Letter) => Promise<number>

const busy = new Set<Promise<void>>()
let broken: unknown = null

/** The clock's turn: each listener in its own lane, so that one that hangs makes no other wait, and no turn. */
export async function deliverInLanes(clock: MachineActor, time: () => Date, send: Send = postOutward) {
  const claimed = busy.size < LISTENERS_AT_ONCE ? await claim(clock, time()) : []
  const lanes = claimed.map((listener) => {
    const lane: Promise<void> = tell(clock, listener, time, send)
      .catch((error: unknown) => {
        broken = error
      })
      .finally(() => busy.delete(lane))
    busy.add(lane)
    return lane
  })
  await Promise.race([Promise.all(lanes), wait(TURN_MS, null, { ref: false })])
  const failed = broken
  broken = null
  if (failed) throw failed
}

/** What is being told now is told, and written down. */
export async function listenersTold(): Promise<void> {
  await Promise.all(busy)
}

function claim(clock: MachineActor, now: Date): Promise<Listener[]> {
  return asActor(clock, (tx) => {
    const due = sql`(select l.id from ticket_listener l where l.next_at <= ${now.toISOString()}::timestamptz
      and exists (select from ticket_event e where e.listener_id = l.id)
      order by l.next_at limit ${LISTENERS_AT_ONCE} for update skip locked)`
    return tx
      .update(ticketListener)
      .set({ nextAt: new Date(now.getTime() + LEASE_MS) })
      .where(sql`${ticketListener.id} in ${due}`)
      .returning()
  })
}

/** In the order in which it happened: what one cannot be told yet, it is told before what came after. */
async function tell(clock: MachineActor, listener: Listener, time: () => Date, send: Send): Promise<void> {
  const actor = await asActor(clock, (tx) => hearerOf(tx, listener.id, time()))
  if (!actor) return end(clock, listener, 'key', time())
  const { asked } = readQuery(listener.query)
  for (const told of await asActor(clock, (tx) => readEvents(tx, listener.id))) {
    const letter = await letterOf(actor, listener, asked, told, time())
    const outcome = letter === null ? { status: 204, error: '' } : await tried(listener, letter, send)
    const now = time()
    const failingSince = listener.failingSince ?? now
    const fate = fateOf(outcome.status, failingSince, now)
    if (fate === 'gone') return end(clock, listener, outcome.error, now)
    if (fate === 'again') {
      const failures = listener.failures + 1
      const nextAt = new Date(now.getTime() + nextTryMs(failures))
      await change(clock, listener, { failures, failingSince, nextAt, lastError: outcome.error })
      return
    }
    await asActor(clock, (tx) => tx.delete(ticketEvent).where(eq(ticketEvent.id, told.id)))
    if (letter !== null) Object.assign(listener, { failures: 0, failingSince: null })
  }
  const { failures, failingSince } = listener
  await change(clock, listener, {
    failures,
    failingSince,
    nextAt: time(),
    ...(failures ? {} : { lastError: null }),
  })
}

/** Whose key it listens by, as he is now; null when the key or the account has ended. */
async function hearerOf(tx: Tx, id: string, now: Date): Promise<AccountActor | null> {
  const [row] = await tx.execute<{ actor: AccountActor | null }>(
    sql`select app.listener_actor(${id}::uuid, ${now.toISOString()}::timestamptz) as actor`,
  )
  return row?.actor ?? null
}

function readEvents(tx: Tx, listenerId: string): Promise<Told[]> {
  return tx
    .select({
      id: ticketEvent.id,
      type: ticketEvent.type,
      reference: cases.reference,
      lineId: ticketEvent.lineId,
      at: journal.at,
    })
    .from(ticketEvent)
    .innerJoin(cases, eq(cases.id, ticketEvent.caseId))
    .innerJoin(journal, eq(journal.id, ticketEvent.lineId))
    .where(eq(ticketEvent.listenerId, listenerId))
    .orderBy(asc(ticketEvent.id))
    .limit(EVENTS_AT_ONCE)
}

type Asked = ReturnType<typeof readQuery>['asked']

/** The ticket as its hearer may read it now; null when he may not, or did not ask for such a one. */
async function letterOf(
  actor: AccountActor,
  listener: Listener,
  { events, filters, fields }: Asked,
  { type, reference, lineId, at }: Told,
  now: Date,
): Promise<Omit<Letter, 'signal'> | null> {
  if (!(events as string[]).includes(type)) return null
  const own = { attribute: 'id', operator: 'eq', values: [reference] } as const
  const found = await listTickets(actor, {
    offset: 0,
    limit: 1,
    filters: [...filters, { ...own, values: [...own.values] }],
  })
  const [seen] = found.tickets
  if (!seen) return null
  const ticket = ticketOf(seen, actor.locale)
  const body = JSON.stringify({
    eventId: `${lineId}-${type}`,
    eventTime: at,
    eventType: type,
    correlationId: reference,
    domain: 'TroubleTicket',
    title: type,
    priority: ticket.priority,
    timeOcurred: at,
    event: { troubleTicket: fields ? { '@type': ticket['@type'], ...selected(ticket, fields) } : ticket },
  })
  return { url: listener.callback, body, headers: signed(listener.id, `${lineId}-${type}`, now, body) }
}

/** By the scheme of Standard Webhooks: whoever holds the listener's secret proves that it is ours, and of when. */
function signed(listenerId: string, id: string, now: Date, body: string): Record<string, string> {
  const at = String(Math.floor(now.getTime() / 1000))
  const key = Buffer.from(listenerSecret(listenerId).slice(PREFIX.length), 'base64')
  const mark = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': `v1,${mark}`,
  }
}

const PREFIX = 'whsec_'

/** Derived and never stored: whoever reads the database alone signs nothing in our name. */
export function listenerSecret(listenerId: string): string {
  return PREFIX + createHmac('sha256', secret()).update(`listener:${listenerId}`).digest('base64')
}

async function tried(
  { callback }: Listener,
  letter: Omit<Letter, 'signal'>,
  send: Send,
): Promise<{ status: number | null; error: string }> {
  // Taken off the list since it was asked for.
  if (!isAllowedHost(callback, process.env.PERMANENCE_LISTENER_HOSTS ?? ''))
    return { status: null, error: 'host' }
  try {
    const status = await send({ ...letter, signal: AbortSignal.timeout(ANSWER_MS) })
    return { status, error: `HTTP ${status}` }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    return { status: null, error: String(typeof code === 'string' ? code : message).slice(0, 200) }
  }
}

async function change(clock: MachineActor, { id }: Listener, to: Partial<Listener>): Promise<void> {
  await asActor(clock, (tx) => tx.update(ticketListener).set(to).where(eq(ticketListener.id, id)))
}

/** Nobody is there: its key is over, it said so itself, or it has not answered for days. */
function end(
  clock: MachineActor,
  { id, accountId, callback }: Listener,
  why: string,
  now: Date,
): Promise<void> {
  return asActor(clock, async (tx) => {
    const gone = await tx.delete(ticketListener).where(eq(ticketListener.id, id)).returning()
    if (gone.length === 0) return
    const data = { listener: id, host: new URL(callback).hostname, why }
    await append(tx, clock, {
      ...{
        chain: `account:${accountId}`,
        event: 'account.listener_ended',
        visibility: 'internal',
        at: now,
        data,
      },
    })
  })
}
