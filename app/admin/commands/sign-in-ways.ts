import { randomBytes, randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import { hashToken } from '#app/_auth/token.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { account, session } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import {
  externalIdentity,
  invitation,
  passkey,
  recoveryCode,
  totp,
  unboundIdentity,
} from '#db/schema/identity.ts'
import type { Tx } from '#db/transaction.ts'
import type { bindInput, Input, strongInput } from '../input.ts'
import { endKeysOf } from './end-keys.ts'
import { endSessionsOf } from './sessions.ts'

/** A letter is read on Monday; a week would be a key under the mat. [D] */
export const INVITATION_MS = 3 * 24 * 3600_000

/** A link for its holder alone, told once; the one before is worth nothing any more. */
export function invite(
  actor: Actor,
  { id }: { id: number },
  now: Date,
): Promise<Result<{ token: string; expiresAt: Date }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    if (!(await isInUse(tx, id))) return refused('directory.refused.absent')
    await tx.delete(invitation).where(openTo(id))
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(now.getTime() + INVITATION_MS)
    await tx
      .insert(invitation)
      .values({ id: randomUUID(), accountId: id, hash: hashToken(token), madeAt: now, expiresAt })
    await writeDown(tx, admin, `account:${id}`, 'account.invited', {}, now)
    return done({ token, expiresAt })
  })
}

/** His invitations that were not followed. */
const openTo = (id: number) => and(eq(invitation.accountId, id), isNull(invitation.usedAt))

/**
 * Somebody who has lost everything: nothing he had opens any more, nor a link not yet followed or a key of his machines; nobody is
 * signed in. An invitation starts him again.
 */
export function resetWays(
  actor: Actor,
  { id }: { id: number },
  now: Date,
): Promise<Result<{ sessions: number; keys: number }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    if (!(await isInUse(tx, id))) return refused('directory.refused.absent')
    if (id === actorId(actor)) return refused('admin.refused.own_ways')
    for (const table of [passkey, totp, recoveryCode, externalIdentity])
      await tx.delete(table).where(eq(table.accountId, id))
    await tx.delete(invitation).where(openTo(id))
    await tx.execute(sql`select app.set_passphrase(${id}, null, ${now.toISOString()})`)
    const [sessions, keys] = [await endSessionsOf(tx, id, now), await endKeysOf(tx, admin, id, 'all', now)]
    await writeDown(tx, admin, `account:${id}`, 'account.sign_in_reset', { sessions, keys }, now)
    return done({ sessions, keys })
  })
}

/** Whoever came from the provider as this is this account: an administrator says so, who has called him back. */
export function bindIdentity(
  actor: Actor,
  { id, identity }: Input<typeof bindInput>,
  now: Date,
): Promise<Result<null>> {
  const [issuer = '', subject = ''] = identity.split(' ')
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    if (!(await isInUse(tx, id))) return refused('directory.refused.absent')
    const [came] = await tx
      .delete(unboundIdentity)
      .where(and(eq(unboundIdentity.issuer, issuer), eq(unboundIdentity.subject, subject)))
      .returning()
    if (!came) return refused('admin.refused.identity_gone')
    const bound = await tx
      .insert(externalIdentity)
      .values({ accountId: id, issuer, subject, boundAt: now, boundBy: 'administrator' })
      .onConflictDoNothing()
      .returning({ id: externalIdentity.id })
    if (bound.length === 0) return refused('admin.refused.identity_gone')
    await writeDown(
      tx,
      admin,
      `account:${id}`,
      'account.identity_bound',
      { by: 'administrator', issuer },
      now,
    )
    return done(null)
  })
}

export function unbindIdentity(
  actor: Actor,
  { identityId }: { identityId: number },
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const [gone] = await tx.delete(externalIdentity).where(eq(externalIdentity.id, identityId)).returning()
    if (!gone) return refused('admin.refused.identity_gone')
    const sessions = await endSessionsOf(tx, gone.accountId, now)
    const { issuer } = gone
    await writeDown(
      tx,
      admin,
      `account:${gone.accountId}`,
      'account.identity_unbound',
      { issuer, sessions },
      now,
    )
    return done(null)
  })
}

/** Whether an account is there, and in use. */
export function isInUse(tx: Tx, id: number): Promise<boolean> {
  return tx.$count(account, and(eq(account.id, id), eq(account.active, true))).then((n) => n > 0)
}

/** Of everybody of an organisation more than a passphrase is asked from now on, or no longer; who is in without it is out. */
export function askStrong(
  actor: Actor,
  { id, asked }: Input<typeof strongInput>,
  now: Date,
): Promise<Result<{ sessions: number }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const [changed] = await tx
      .update(organisation)
      .set({ strongSignIn: asked })
      .where(eq(organisation.id, id))
      .returning({ name: organisation.name })
    if (!changed) return refused('directory.refused.absent')
    const theirs = tx.select({ id: account.id }).from(account).where(eq(account.organisationId, id))
    const ended = asked
      ? await tx
          .update(session)
          .set({ revokedAt: now })
          .where(
            and(inArray(session.accountId, theirs), eq(session.strong, false), isNull(session.revokedAt)),
          )
          .returning({ id: session.id })
      : []
    const data = { kind: 'organisation', id, name: changed.name, fields: ['strongSignIn'], to: String(asked) }
    await writeDown(tx, admin, 'directory', 'directory.changed', data, now)
    return done({ sessions: ended.length })
  })
}
