import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { account, passphrase, type SignInMethod, session } from '#db/schema/account.ts'
import { externalIdentity, passkey, totp } from '#db/schema/identity.ts'
import { setting } from '#db/schema/reference.ts'
import { asActor, inReality, type Tx } from '#db/transaction.ts'
import { findHolder, holderOf, waysOf } from './holder.ts'
import { passphraseProves } from './rules/strength.ts'

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
  return inReality(actor, (tx) => passkeysIn(tx, actor))
}

function passkeysIn(tx: Tx, { accountId }: AccountActor) {
  return tx.select().from(passkey).where(eq(passkey.accountId, accountId)).orderBy(passkey.id)
}

export type OwnWays = Awaited<ReturnType<typeof readWays>>

/** All that one has to sign in with: what the page about it shows. */
export async function readWays(actor: AccountActor) {
  const passphrases = await asActor({ kind: 'door' }, (tx) =>
    tx.$count(passphrase, eq(passphrase.accountId, actor.accountId)),
  )
  return inReality(actor, async (tx) => {
    const who = await findHolder(tx, eq(account.id, actor.accountId))
    const passkeys = await passkeysIn(tx, actor)
    const [app] = await tx
      .select({ since: totp.createdAt })
      .from(totp)
      .where(eq(totp.accountId, actor.accountId))
    const identities = await tx
      .select({ id: externalIdentity.id, issuer: externalIdentity.issuer, boundAt: externalIdentity.boundAt })
      .from(externalIdentity)
      .where(eq(externalIdentity.accountId, actor.accountId))
    const { demoAccount = false, codesLeft = 0, codesMade = false } = who ?? {}
    const byPassphrase = passphrases > 0 && who !== null && passphraseProves(holderOf(who), waysOf(who))
    const totpSince = app?.since ?? null
    return { demoAccount, codesLeft, codesMade, passkeys, identities, totpSince, byPassphrase }
  })
}

/** By what this session was opened, and what the provider gave for it, sealed; null for nobody's. */
export async function openedBy(
  actor: AccountActor,
  sessionId: string | null,
): Promise<{ method: SignInMethod; providerToken: string | null } | null> {
  if (!sessionId) return null
  const [row] = await inReality(actor, (tx) =>
    tx
      .select({ method: session.method, providerToken: session.providerToken })
      .from(session)
      .where(eq(session.id, sessionId)),
  )
  return row ?? null
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
