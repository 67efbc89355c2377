import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { account, type SignInMethod, session } from '#db/schema/account.ts'
import { externalIdentity, passkey, totp } from '#db/schema/identity.ts'
import { setting } from '#db/schema/reference.ts'
import { asActor } from '#db/transaction.ts'
import { findHolder, waysOf } from './holder.ts'
import type { Ways } from './rules/strength.ts'

export type OwnSession = {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  userAgent: string | null
  place: string | null
  method: SignInMethod
}

/** One's own sessions that are still good, the latest seen first. */
export function ownSessions(actor: AccountActor, now: Date): Promise<OwnSession[]> {
  return asActor(actor, (tx) =>
    tx
      .select({
        id: session.id,
        createdAt: session.createdAt,
        lastSeenAt: session.lastSeenAt,
        expiresAt: session.expiresAt,
        userAgent: session.userAgent,
        place: session.place,
        method: session.method,
      })
      .from(session)
      .where(
        and(
          eq(session.accountId, actor.accountId),
          isNull(session.revokedAt),
          sql`${session.expiresAt} > ${now.toISOString()}::timestamptz`,
        ),
      )
      .orderBy(desc(session.lastSeenAt)),
  )
}

/** The devices that sign for oneself, in the order in which they were added. */
export function passkeysOf(actor: AccountActor) {
  return asActor({ ...actor, exerciseId: null }, (tx) =>
    tx.select().from(passkey).where(eq(passkey.accountId, actor.accountId)).orderBy(passkey.id),
  )
}

export type OwnWays = Awaited<ReturnType<typeof readWays>>

/** All that one has to sign in with: what the page about it shows. */
export function readWays(actor: AccountActor) {
  return asActor({ ...actor, exerciseId: null }, async (tx) => {
    const who = await findHolder(tx, eq(account.id, actor.accountId))
    const passkeys = await tx
      .select()
      .from(passkey)
      .where(eq(passkey.accountId, actor.accountId))
      .orderBy(passkey.id)
    const [app] = await tx
      .select({ since: totp.createdAt })
      .from(totp)
      .where(eq(totp.accountId, actor.accountId))
    const identities = await tx
      .select({ id: externalIdentity.id, issuer: externalIdentity.issuer, boundAt: externalIdentity.boundAt })
      .from(externalIdentity)
      .where(eq(externalIdentity.accountId, actor.accountId))
    const { demoAccount = false, codesLeft = 0, codesMade = false } = who ?? {}
    return { demoAccount, codesLeft, codesMade, passkeys, identities, totpSince: app?.since ?? null }
  })
}

/** What somebody half signed in may prove himself by: asked by the door. */
export async function hasWays(accountId: number): Promise<Ways> {
  const who = await asActor({ kind: 'door' }, (tx) => findHolder(tx, eq(account.id, accountId)))
  return who ? waysOf(who) : { passkeys: 0, totp: false, codesLeft: 0, codesMade: false }
}

/** By what the session that asks was opened. */
export async function methodOf(actor: AccountActor, sessionId: string): Promise<SignInMethod | null> {
  const [row] = await asActor({ ...actor, exerciseId: null }, (tx) =>
    tx.select({ method: session.method }).from(session).where(eq(session.id, sessionId)),
  )
  return row?.method ?? null
}

/** What the provider gave when this session was opened there, sealed. */
export async function providerTokenOf(actor: AccountActor, sessionId: string): Promise<string | null> {
  const [row] = await asActor({ ...actor, exerciseId: null }, (tx) =>
    tx.select({ token: session.providerToken }).from(session).where(eq(session.id, sessionId)),
  )
  return row?.token ?? null
}

/** Whether this is the demonstration that comes with the product: its passphrases are printed at the start. */
export async function isDemonstration(): Promise<boolean> {
  const found = await asActor({ kind: 'door' }, (tx) => tx.$count(setting, eq(setting.key, 'demonstration')))
  return found > 0
}

/** 'Firefox, Linux' from what the browser says of itself; null when it says nothing known. */
export function deviceName(userAgent: string | null): string | null {
  const find = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const browser = find(BROWSERS)
  const system = find(SYSTEMS)
  return [browser, system].filter(Boolean).join(', ') || null
}

// The order matters: each of the later ones is also claimed by the earlier.
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]
