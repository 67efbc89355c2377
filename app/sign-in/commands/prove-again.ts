import { and, eq, isNull } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { checkPassphrase } from '#app/_auth/passphrase.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account, passphrase, type SignInMethod, session } from '#db/schema/account.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { admit, countFailure, forgive, keyOfSecond } from '../attempts.ts'
import { takeCode } from '../codes.ts'
import { findHolder, holderOf, waysOf } from '../holder.ts'
import { writeAtDoor } from '../open-session.ts'
import { passphraseProves } from '../rules/strength.ts'
import { type PasskeySignIn, signedBy } from './passkeys.ts'

/** The holder of a session shows once more who he is, by one of his passkeys. */
export function proveAgainByPasskey(
  actor: AccountActor,
  { sessionId, ...input }: Pick<PasskeySignIn, 'answer' | 'challenge' | 'site'> & { sessionId: string },
  now: Date,
): Promise<Result<null>> {
  return signedBy(input, now, async (tx, who) => {
    // Signed by somebody else at the same screen: he is not the one whose session this is.
    if (who.id !== actor.accountId) return refused('auth.again.other')
    return proved(tx, { accountId: who.id, sessionId, method: 'passkey' }, now)
  })
}

/**
 * By what he has besides: a code where he has one to give, the passphrase of whoever is asked nothing stronger. Guessing is held
 * like a sign-in.
 */
export async function proveAgain(
  actor: AccountActor,
  { proof, sessionId, secret }: { proof: string; sessionId: string; secret: string },
  now: Date,
): Promise<Result<null>> {
  const { accountId } = actor
  const keys = [keyOfSecond(accountId, secret)]
  const door = { kind: 'door', accountId } as const
  const { until, who, hash } = await asActor(door, async (tx) => {
    const [row] = await tx.select().from(passphrase).where(eq(passphrase.accountId, accountId))
    const who = await findHolder(tx, eq(account.id, accountId))
    return { ...(await admit(tx, keys, now)), who, hash: row?.hash }
  })
  if (until) return refused('auth.wait', { until: until.toISOString() })
  // Long by itself: before the transaction.
  const enough = who && hash && passphraseProves(holderOf(who), waysOf(who))
  const right = enough ? await checkPassphrase(hash, proof) : false
  return asActor(door, async (tx) => {
    const method = right ? 'passphrase' : await takeCode(tx, { accountId, code: proof, secret }, now)
    if (!method) {
      await countFailure(tx, 'wrong_code', now)
      await writeAtDoor(tx, accountId, 'account.sign_in_failed', { method: 'again' }, now)
      return refused('auth.again.wrong')
    }
    await forgive(tx, keys, now)
    return proved(tx, { accountId, sessionId, method }, now)
  })
}

/** `at`: when, if not now. */
type Proof = { accountId: number; sessionId: string; method: SignInMethod; at?: Date }

/** Written on the session, and down: from now on, for a while, what cannot be taken back may be done. */
export async function proved(
  tx: Tx,
  { accountId, sessionId, method, at }: Proof,
  now: Date,
): Promise<Result<null>> {
  const held = await tx
    .update(session)
    .set({ reauthenticatedAt: at ?? now })
    .where(and(eq(session.id, sessionId), eq(session.accountId, accountId), isNull(session.revokedAt)))
    .returning({ id: session.id })
  if (held.length === 0) return refused('auth.session_lost')
  await writeAtDoor(tx, accountId, 'account.proved_again', { method }, now)
  return done(null)
}
