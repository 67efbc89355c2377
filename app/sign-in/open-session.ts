import { randomUUID } from 'node:crypto'
import { expiryOf } from '#app/_auth/rules/lifetime.ts'
import { append, type Line } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { type Role, type SignInMethod, session } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import { holderOf, type Known, waysOf } from './holder.ts'
import { afterStrong } from './rules/strength.ts'

/** In which browser, from where: what a session says of itself. */
export type Where = { userAgent: string | null; address: string | null }

export type SignedIn = {
  step: 'in'
  sessionId: string
  accountId: number
  role: Role
  name: string
  locale: 'fr' | 'en'
  /** Nothing else is open to him before a stronger sign-in is set up. */
  confined: boolean
}

/** A proof that is strong opens it; whoever has no second way yet sets it up first. */
export function openStrong(
  tx: Tx,
  who: Known,
  by: { method: SignInMethod; where: Where; providerToken?: string; provedAt?: Date | null },
  now: Date,
): Promise<SignedIn> {
  const confined = afterStrong(holderOf(who), waysOf(who)) === 'set_up'
  return openSession(tx, who, { ...by, strong: true, confined }, now)
}

type Opened = {
  method: SignInMethod
  strong: boolean
  confined: boolean
  where: Where
  providerToken?: string
  /** When he showed who he is, if not now: by a provider that had known him for a while; null when it does not tell. */
  provedAt?: Date | null
}

export async function openSession(
  tx: Tx,
  { id: accountId, role, name, locale }: Pick<Known, 'id' | 'role' | 'name' | 'locale'>,
  { where, provedAt, ...by }: Opened,
  now: Date,
): Promise<SignedIn> {
  const sessionId = randomUUID()
  await tx.insert(session).values({
    id: sessionId,
    accountId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiryOf(role, now, now),
    reauthenticatedAt: provedAt === undefined ? now : provedAt,
    userAgent: where.userAgent?.slice(0, 300) ?? null,
    place: placeOf(where.address),
    ...by,
  })
  return { step: 'in', sessionId, accountId, role, name, locale, confined: by.confined }
}

/** A line of this account's own chain, by the door: it is he, or whoever says so. */
export function writeAtDoor(tx: Tx, accountId: number, event: EventName, data: Line['data'], at: Date) {
  const line = { chain: `account:${accountId}`, event, visibility: 'internal', at, data } as const
  return append(tx, { kind: 'door', accountId }, line)
}

/** The network without the machine in it: enough to know "that is not my office". An IPv6 one is a network already. */
export function placeOf(address: string | null): string | null {
  return address?.replace(/\.\d+$/, '.*') ?? null
}
