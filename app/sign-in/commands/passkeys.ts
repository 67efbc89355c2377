import { and, eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Site } from '#app/_auth/site.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account } from '#db/schema/account.ts'
import { passkey } from '#db/schema/identity.ts'
import { asActor, goOnAs, type Tx } from '#db/transaction.ts'
import { countFailure, marksOf, remember } from '../attempts.ts'
import { findHolder, findPasskey, holderOf, type Known, waysOf } from '../holder.ts'
import { asOneself } from '../oneself.ts'
import { openStrong, type SignedIn, type Where, writeAtDoor } from '../open-session.ts'
import { type Assertion, type Attestation, readAssertion, readAttestation } from '../passkey-answer.ts'
import { counterWentBack } from '../rules/counter.ts'
import { mayLose } from '../rules/strength.ts'
import { spend } from '../spent.ts'
import { becomeSetUp } from './set-up.ts'

/** More than anybody carries; a row of them is somebody's programme. */
const MOST_PASSKEYS = 20

export type PasskeySignIn = {
  answer: Assertion
  challenge: string
  site: Site
  where: Where
  /** Which browser it is: from now on this account is known there. */
  browser: string
  secret: string
}

/**
 * Opens a session for whoever's device signed. Nothing holds it up: a signature is not guessed, and whoever attacks an e-mail
 * address knows no passkey.
 */
export function signInWithPasskey(input: PasskeySignIn, now: Date): Promise<Result<SignedIn>> {
  return signedBy(input, now, async (tx, who) => {
    const [signed] = await Promise.all([
      openStrong(tx, who, { method: 'passkey', where: input.where }, now),
      remember(tx, who.id, marksOf({ ...input, address: input.where.address }), now),
      writeAtDoor(tx, who.id, 'account.signed_in', { method: 'passkey' }, now),
    ])
    return done(signed)
  })
}

/** What follows when a device of somebody signed this challenge; or why it does not. */
export async function signedBy<T>(
  { answer, challenge, site }: Pick<PasskeySignIn, 'answer' | 'challenge' | 'site'>,
  now: Date,
  then: (tx: Tx, who: Known) => Promise<Result<T>>,
): Promise<Result<T>> {
  return asActor({ kind: 'door' }, async (tx) => {
    // Held: two answers of one device wait for each other.
    const held = await findPasskey(tx, answer.id)
    const refuse = async (why: string) => {
      await countFailure(tx, 'wrong_passkey', now)
      if (held)
        await writeAtDoor(tx, held.accountId, 'account.sign_in_failed', { method: 'passkey', why }, now)
      return refused(`auth.passkey.${why}`)
    }
    if (!held) return refuse('unknown')
    const read = await readAssertion(answer, held, challenge, site)
    // Sent together, in this order: none waits for what the one before answers.
    const [, isFirst, who] = await Promise.all([
      goOnAs(tx, { kind: 'door', accountId: held.accountId }),
      read.ok && spend(tx, challenge, now),
      findHolder(tx, eq(account.id, held.accountId)),
    ])
    if (!read.ok) return refuse(read.reason.key.replace('auth.passkey.', ''))
    if (!isFirst) return refuse('replayed')
    if (counterWentBack(held.counter, read.value.counter)) {
      await tx.update(passkey).set({ suspendedAt: now }).where(eq(passkey.id, held.id))
      await writeAtDoor(tx, held.accountId, 'account.passkey_suspended', { name: held.name }, now)
      return refuse('suspended')
    }
    if (!who?.usable) return refuse('unknown')
    const used = tx
      .update(passkey)
      .set({ ...read.value, lastUsedAt: now })
      .where(eq(passkey.id, held.id))
    const [, followed] = await Promise.all([used.execute(), then(tx, who)])
    return followed
  })
}

export type NewPasskey = {
  answer: Attestation
  challenge: string
  site: Site
  name: string
  sessionId: string
}

/** One more device that signs for this person. */
export async function addPasskey(
  actor: AccountActor,
  { answer, challenge, site, name, sessionId }: NewPasskey,
  now: Date,
): Promise<Result<{ id: number }>> {
  const read = await readAttestation(answer, challenge, site)
  if (!read.ok) return read
  const once = await asActor({ kind: 'door' }, (tx) => spend(tx, challenge, now))
  if (!once) return refused('auth.passkey.replayed')
  const { accountId } = actor
  return asOneself(actor, now, async (tx, write) => {
    const has = await tx.$count(passkey, eq(passkey.accountId, accountId))
    if (has >= MOST_PASSKEYS) return refused('auth.passkey.too_many')
    const [row] = await tx
      .insert(passkey)
      .values({
        ...read.value,
        accountId,
        transports: answer.response.transports ?? [],
        name,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: passkey.id })
    if (!row) return refused('auth.passkey.known')
    await write('account.passkey_added', { name })
    await becomeSetUp(tx, accountId, sessionId)
    return done(row)
  })
}

/** A device lost, given away, or thrown away. */
export async function removePasskey(
  actor: AccountActor,
  { id }: { id: number },
  now: Date,
): Promise<Result<null>> {
  const { accountId } = actor
  return asOneself(actor, now, async (tx, write) => {
    const own = and(eq(passkey.id, id), eq(passkey.accountId, accountId))
    const [it] = await tx.select().from(passkey).where(own)
    if (!it) return refused('auth.passkey.gone')
    const who = await findHolder(tx, eq(account.id, accountId))
    // One that was set aside opened nothing: it is no way that is lost.
    const left = who && { ...waysOf(who), passkeys: who.passkeys - (it.suspendedAt ? 0 : 1) }
    if (left && !mayLose(holderOf(who), left)) return refused('auth.ways.last')
    await tx.delete(passkey).where(own)
    await write('account.passkey_removed', { name: it.name })
    return done(null)
  })
}
