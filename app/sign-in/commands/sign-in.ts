import { eq, sql } from 'drizzle-orm'
import { makeLane } from '#app/_auth/lane.ts'
import { checkNothing, checkPassphrase } from '#app/_auth/passphrase.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account, passphrase } from '#db/schema/account.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { admit, countFailure, forgive, keysOf, marksOf, remember } from '../attempts.ts'
import { findHolder, holderOf, waysOf } from '../holder.ts'
import { openSession, type SignedIn, writeAtDoor } from '../open-session.ts'
import { afterPassphrase } from '../rules/strength.ts'
import { isWrittenDown } from '../rules/throttle.ts'

export type SignInInput = {
  email: string
  passphrase: string
  /** Which browser it is, new or not: the id in its sealed cookie. */
  browser: string
  /** Where it comes from, when the setting TRUST_PROXY lets us know; null otherwise. */
  address: string | null
  userAgent: string | null
  /** Keys the hashes of the throttle. */
  secret: string
}

/** The passphrase was right, and is not enough: a second proof is asked (commands/second-step.ts). */
export type HalfIn = { step: 'second'; accountId: number }

/**
 * Checking costs a processor 30 ms and 19 MiB: whoever has never been right from where he is takes turns with the
 * others of whom that is true, so that a thousand guesses a second delay nobody who is known.
 */
const strangers = makeLane(1, 20)

/** Opens a session, asks for the second proof, or says one same sentence for a wrong e-mail and a wrong passphrase. */
export async function signIn(input: SignInInput, now: Date): Promise<Result<SignedIn | HalfIn>> {
  const email = input.email.trim().toLowerCase()
  const marks = marksOf(input)
  const { found, keys, until, failures } = await asActor({ kind: 'door' }, async (tx) => {
    const found = await findAccount(tx, email, marks)
    const keys = keysOf({ ...input, email, accountId: found?.id ?? null, known: found?.known ?? [] })
    const admitted = await admit(tx, keys, now)
    if (admitted.until) await countFailure(tx, 'held', now)
    return { found, keys, ...admitted }
  })
  if (until) return refused('auth.wait', { until: until.toISOString() })

  const isKnown = keys[0]?.scope === 'known_browser' || keys[0]?.scope === 'known_address'
  if (!isKnown && strangers.isFull()) return refused('auth.busy')
  const check = () =>
    found?.hash ? checkPassphrase(found.hash, input.passphrase) : checkNothing(input.passphrase)
  const right = isKnown ? await check() : await strangers.run(check)
  const from = { from: keys[0]?.scope ?? null }
  return asActor({ kind: 'door', accountId: found?.id ?? 0 }, async (tx) => {
    if (!right || !found) {
      await countFailure(tx, found ? 'wrong_passphrase' : 'unknown_name', now)
      if (found && isWrittenDown(failures))
        await writeAtDoor(tx, found.id, 'account.sign_in_failed', { ...from, times: failures }, now)
      return refused('auth.wrong')
    }
    await forgive(tx, keys, now)
    const next = afterPassphrase(holderOf(found), waysOf(found))
    if (next === 'second') return done({ step: 'second', accountId: found.id })
    const opened = { method: 'passphrase', strong: false, confined: next === 'set_up', where: input } as const
    const signed = await openSession(tx, found, opened, now)
    await remember(tx, found.id, marks, now)
    await writeAtDoor(tx, found.id, 'account.signed_in', { method: 'passphrase', ...from }, now)
    return done(signed)
  })
}

async function findAccount(tx: Tx, email: string, marks: string[]) {
  const who = await findHolder(tx, eq(account.email, email))
  if (!who) return null
  const [kept] = await tx
    .select({
      hash: passphrase.hash,
      known: sql<string[]>`array(select mark from known_origin
        where account_id = ${who.id} and mark = any (${sql.param(marks)}))`,
    })
    .from(account)
    .leftJoin(passphrase, eq(passphrase.accountId, account.id))
    .where(eq(account.id, who.id))
  return { ...who, known: kept?.known ?? [], hash: who.usable ? (kept?.hash ?? null) : null }
}
