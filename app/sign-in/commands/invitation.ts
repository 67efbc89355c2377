import { and, eq, gt, isNull } from 'drizzle-orm'
import { hashToken } from '#app/_auth/token.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account } from '#db/schema/account.ts'
import { externalIdentity, invitation } from '#db/schema/identity.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { findHolder, type Known } from '../holder.ts'
import { openSession, openStrong, type SignedIn, type Where, writeAtDoor } from '../open-session.ts'
import type { Said } from '../provider.ts'

/** Whether a link may still be followed: nothing is done by looking, a mail reader looks before anybody. */
export async function isOpen(token: string, now: Date): Promise<boolean> {
  const found = await asActor({ kind: 'door' }, (tx) =>
    tx.$count(
      invitation,
      and(eq(invitation.hash, hashToken(token)), isNull(invitation.usedAt), gt(invitation.expiresAt, now)),
    ),
  )
  return found > 0
}

/** Follows it, once: a session that may set up how its holder signs in, and nothing else. */
export function followInvitation(
  { token, where }: { token: string; where: Where },
  now: Date,
): Promise<Result<SignedIn>> {
  return invited(token, now, async (tx, who) => {
    const opened = { method: 'invitation', strong: false, confined: true, where } as const
    return done(await openSession(tx, who, opened, now))
  })
}

/** The same by a provider: whoever it says he is, is this account from now on. That he followed the link is itself the fresh proof. */
export function followWithProvider(
  { token, where, said, providerToken }: { token: string; where: Where; said: Said; providerToken: string },
  now: Date,
): Promise<Result<SignedIn>> {
  return invited(token, now, async (tx, who) => {
    const { issuer, subject } = said
    const bound = await tx
      .insert(externalIdentity)
      .values({ accountId: who.id, issuer, subject, boundAt: now, boundBy: 'invitation', lastUsedAt: now })
      .onConflictDoNothing()
      .returning({ id: externalIdentity.id })
    if (bound.length === 0) return refused('auth.provider.taken')
    await writeAtDoor(tx, who.id, 'account.identity_bound', { by: 'invitation', issuer }, now)
    return done(await openStrong(tx, who, { method: 'provider', where, providerToken }, now))
  })
}

async function invited<T>(
  token: string,
  now: Date,
  then: (tx: Tx, who: Known) => Promise<Result<T>>,
): Promise<Result<T>> {
  const hash = hashToken(token)
  const [kept] = await asActor({ kind: 'door' }, (tx) =>
    tx.select().from(invitation).where(eq(invitation.hash, hash)),
  )
  if (!kept) return refused('auth.invitation.gone')
  return asActor({ kind: 'door', accountId: kept.accountId }, async (tx) => {
    const who = await findHolder(tx, eq(account.id, kept.accountId))
    const good = and(eq(invitation.id, kept.id), isNull(invitation.usedAt), gt(invitation.expiresAt, now))
    const used = who?.usable ? await tx.update(invitation).set({ usedAt: now }).where(good).returning() : []
    if (!who || used.length === 0) {
      await writeAtDoor(tx, kept.accountId, 'account.sign_in_failed', { method: 'invitation' }, now)
      return refused('auth.invitation.gone')
    }
    const result = await then(tx, who)
    if (result.ok) await writeAtDoor(tx, who.id, 'account.invitation_used', {}, now)
    else await tx.update(invitation).set({ usedAt: null }).where(eq(invitation.id, kept.id))
    return result
  })
}
