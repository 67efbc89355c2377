import { and, eq, lt, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account } from '#db/schema/account.ts'
import { externalIdentity, unboundIdentity } from '#db/schema/identity.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { countFailure, marksOf, remember } from '../attempts.ts'
import { findHolder } from '../holder.ts'
import { openStrong, type SignedIn, type Where, writeAtDoor } from '../open-session.ts'
import type { Said } from '../provider.ts'
import { isJustShown } from '../rules/provider.ts'
import { proved } from './prove-again.ts'

export type ProviderSignIn = {
  said: Said
  /** What the provider gave, sealed: it asks for it at sign-out. */
  providerToken: string
  browser: string
  where: Where
  secret: string
}

/** An administrator has looked by then. [D] */
const UNBOUND_DAYS = 14

/** Opens a session for whoever is bound to what the provider says; nobody is recognised by his e-mail address. */
export async function signInWithProvider(input: ProviderSignIn, now: Date): Promise<Result<SignedIn>> {
  const { said, providerToken, where } = input
  const bound = await asActor({ kind: 'door' }, (tx) => findBound(tx, said))
  return asActor({ kind: 'door', accountId: bound?.accountId ?? 0 }, async (tx) => {
    if (!bound) {
      await keepUnbound(tx, said, now)
      return refused('auth.provider.unbound')
    }
    const who = await findHolder(tx, eq(account.id, bound.accountId))
    if (!who?.usable) {
      await countFailure(tx, 'wrong_provider', now)
      await writeAtDoor(tx, bound.accountId, 'account.sign_in_failed', { method: 'provider' }, now)
      return refused('auth.provider.unbound')
    }
    await tx.update(externalIdentity).set({ lastUsedAt: now }).where(eq(externalIdentity.id, bound.id))
    await remember(tx, who.id, marksOf({ ...input, address: where.address }), now)
    const by = { method: 'provider', where, providerToken, provedAt: said.shownAt } as const
    const signed = await openStrong(tx, who, by, now)
    await writeAtDoor(tx, who.id, 'account.signed_in', { method: 'provider', acr: said.acr }, now)
    return done(signed)
  })
}

/** The holder of a session shows once more who he is, at the provider. */
export async function proveAgainByProvider(
  actor: AccountActor,
  { said, sessionId }: { said: Said; sessionId: string },
  now: Date,
): Promise<Result<null>> {
  const { accountId } = actor
  return asActor({ kind: 'door', accountId }, async (tx) => {
    const bound = await findBound(tx, said)
    if (bound?.accountId !== accountId) return refused('auth.again.other')
    if (!isJustShown(said.shownAt, now)) return refused('auth.provider.stale')
    return proved(tx, { accountId, sessionId, method: 'provider', at: said.shownAt }, now)
  })
}

/** What the provider said that was not believed, counted: whose it was to be is not known. */
export function countUnbelieved(now: Date): Promise<void> {
  return asActor({ kind: 'door' }, (tx) => countFailure(tx, 'wrong_provider', now))
}

async function findBound(tx: Tx, { issuer, subject }: Said) {
  const [row] = await tx
    .select({ id: externalIdentity.id, accountId: externalIdentity.accountId })
    .from(externalIdentity)
    .where(and(eq(externalIdentity.issuer, issuer), eq(externalIdentity.subject, subject)))
  return row ?? null
}

async function keepUnbound(tx: Tx, { issuer, subject, hints }: Said, now: Date): Promise<void> {
  const old = new Date(now.getTime() - UNBOUND_DAYS * 86_400_000)
  await tx.delete(unboundIdentity).where(lt(unboundIdentity.lastAt, old))
  await tx
    .insert(unboundIdentity)
    .values({ issuer, subject, ...hints, lastAt: now })
    .onConflictDoUpdate({
      target: [unboundIdentity.issuer, unboundIdentity.subject],
      set: { ...hints, lastAt: sql`greatest(${unboundIdentity.lastAt}, excluded.last_at)` },
    })
}
