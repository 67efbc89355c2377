import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { makeLane } from '#app/_auth/lane.ts'
import { expiryOf } from '#app/_auth/lifetime.ts'
import { checkNothing, checkPassphrase } from '#app/_auth/passphrase.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { account, passphrase, type Role, session } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { admit, countFailure, forgive, keysOf, marksOf, remember } from '../attempts.ts'
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

export type SignedIn = { sessionId: string; accountId: number; role: Role; name: string; locale: 'fr' | 'en' }

/**
 * Checking costs a processor 30 ms and 19 MiB: whoever has never been right from where he is takes turns with the
 * others of whom that is true, so that a thousand guesses a second delay nobody who is known.
 */
const strangers = makeLane(1, 20)

/** Opens a session, or says one same sentence for a wrong e-mail and a wrong passphrase. */
export async function signIn(input: SignInInput, now: Date): Promise<Result<SignedIn>> {
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
        await write(tx, found.id, 'account.sign_in_failed', { ...from, times: failures }, now)
      return refused('auth.wrong')
    }
    const sessionId = await openSession(tx, found.id, input.userAgent, now)
    await forgive(tx, keys, now)
    await remember(tx, found.id, marks, now)
    await write(tx, found.id, 'account.signed_in', { method: found.method, ...from }, now)
    return done({ sessionId, accountId: found.id, role: found.role, name: found.name, locale: found.locale })
  })
}

function write(tx: Tx, accountId: number, event: EventName, data: Line['data'], at: Date) {
  const line = { chain: `account:${accountId}`, event, visibility: 'internal', at, data } as const
  return append(tx, { kind: 'door', accountId }, line)
}

/** Whoever may sign in with a passphrase: other methods (signInMethod) come with doors of their own. */
async function findAccount(tx: Tx, email: string, marks: string[]) {
  const [row] = await tx
    .select({
      id: account.id,
      role: account.role,
      name: account.name,
      locale: account.locale,
      method: account.signInMethod,
      known: sql<string[]>`array(select mark from known_origin
        where account_id = ${account.id} and mark = any (${sql.param(marks)}))`,
      hash: sql<string | null>`case when ${account.active} and coalesce(${organisation.active}, true)
        and ${account.signInMethod} = 'passphrase' then ${passphrase.hash} end`,
    })
    .from(account)
    .leftJoin(organisation, eq(organisation.id, account.organisationId))
    .leftJoin(passphrase, eq(passphrase.accountId, account.id))
    .where(eq(account.email, email))
  return row
}

async function openSession(tx: Tx, accountId: number, userAgent: string | null, now: Date): Promise<string> {
  const id = randomUUID()
  await tx.insert(session).values({
    id,
    accountId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiryOf(now, now),
    userAgent: userAgent?.slice(0, 300) ?? null,
  })
  return id
}
