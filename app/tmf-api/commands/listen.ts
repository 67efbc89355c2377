import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { isAllowedHost } from '#app/_doors/rules/allowed-host.ts'
import { append } from '#app/_journal/append.ts'
import { ticketListener } from '#db/schema/ticket.ts'
import { inReality, type Tx } from '#db/transaction.ts'
import { readQuery } from '../_ticket/asked.ts'
import type { HubInput } from '../_ticket/input.ts'

/** One machine that is told to several programs; not the whole country by one key. */
export const MOST_LISTENERS = 5

type Listener = { id: string; callback: string; query: string }

/** From now on this machine is told of tickets, where it listens. Asked twice, it is one listener. */
export function listenToTickets(
  actor: AccountActor,
  { callback, query }: HubInput,
  tokenId: number,
  now: Date,
  env: Record<string, string | undefined> = process.env,
): Promise<Result<Listener>> {
  return inReality(actor, async (tx, real) => {
    const { wrong } = readQuery(query)
    const [first] = wrong
    if (first) return refusedField('query', first.key)
    if (!isAllowedHost(callback, env.PERMANENCE_LISTENER_HOSTS ?? '') || isOurs(callback, env))
      return refusedField('callback', 'cases.invalid.tmf_callback')
    const mine = await tx.select().from(ticketListener).where(eq(ticketListener.accountId, actor.accountId))
    const known = mine.find((one) => one.callback === callback && one.query === query)
    // Asked again by another key of the same account: it lasts as long as that one.
    if (known) {
      await tx.update(ticketListener).set({ tokenId }).where(eq(ticketListener.id, known.id))
      return done(known)
    }
    if (mine.length >= MOST_LISTENERS) return refused('cases.refused.tmf_listeners', { most: MOST_LISTENERS })
    const wanted = {
      id: randomUUID(),
      accountId: actor.accountId,
      tokenId,
      callback,
      query,
      createdAt: now,
      nextAt: now,
    }
    const [made] = await tx.insert(ticketListener).values(wanted).onConflictDoNothing().returning()
    if (!made) return refused('cases.refused.tmf_listeners_at_once')
    await writeDown(tx, real, 'account.listener_added', made, now)
    return done(made)
  })
}

/** It is told nothing more, not even what it has yet to be told. */
export function stopListening(actor: AccountActor, id: string, now: Date): Promise<Result<null>> {
  return inReality(actor, async (tx, real) => {
    if (!UUID.test(id)) return refused('cases.refused.absent')
    const own = and(eq(ticketListener.id, id), eq(ticketListener.accountId, actor.accountId))
    const [gone] = await tx.delete(ticketListener).where(own).returning()
    if (!gone) return refused('cases.refused.absent')
    await writeDown(tx, real, 'account.listener_removed', gone, now)
    return done(null)
  })
}

function writeDown(
  tx: Tx,
  actor: AccountActor,
  event: 'account.listener_added' | 'account.listener_removed',
  { id, callback }: Listener,
  now: Date,
): Promise<void> {
  const data = { listener: id, host: new URL(callback).hostname }
  return append(tx, actor, {
    ...{ chain: `account:${actor.accountId}`, event, visibility: 'internal', at: now, data },
  })
}

/** What tells us of what we tell would never end. */
function isOurs(callback: string, env: Record<string, string | undefined>): boolean {
  return URL.parse(env.NEXTAUTH_URL ?? '')?.hostname === new URL(callback).hostname
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
