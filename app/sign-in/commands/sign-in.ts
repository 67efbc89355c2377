import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expiryOf } from '#app/_auth/lifetime.ts'
import { checkNothing, checkPassphrase } from '#app/_auth/passphrase.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { account, passphrase, type Role, session } from '#db/schema/account.ts'
import { organisation } from '#db/schema/directory.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { admit, fingerprint, forgive, keysOf } from '../attempts.ts'

export type SignInInput = {
  email: string
  passphrase: string
  /** Where it comes from, when the setting TRUST_PROXY lets us know; null otherwise. */
  address: string | null
  userAgent: string | null
  /** Keys the hashes of the throttle. */
  secret: string
}

export type SignedIn = { sessionId: string; accountId: number; role: Role; name: string; locale: 'fr' | 'en' }

/** Opens a session, or says one same sentence for a wrong e-mail and a wrong passphrase. */
export async function signIn(input: SignInInput, now: Date): Promise<Result<SignedIn>> {
  const email = input.email.trim().toLowerCase()
  const keys = keysOf(email, input.address, input.secret)
  const { until, found } = await asActor({ kind: 'door' }, async (tx) => ({
    until: await admit(tx, keys, now),
    found: await findAccount(tx, email),
  }))
  if (until) return refused('auth.wait', { until: until.toISOString() })

  const right = found?.hash
    ? await checkPassphrase(found.hash, input.passphrase)
    : await checkNothing(input.passphrase)
  const from = input.address
    ? { from: fingerprint(`address:${input.address}`, input.secret).slice(0, 12) }
    : {}
  return asActor({ kind: 'door', accountId: found?.id ?? 0 }, async (tx) => {
    const line = { chain: `account:${found?.id ?? 0}`, visibility: 'internal', at: now } as const
    if (!right || !found) {
      await append(
        tx,
        { kind: 'door', accountId: found?.id ?? 0 },
        { ...line, event: 'account.sign_in_failed', data: from },
      )
      return refused('auth.wrong')
    }
    const sessionId = await openSession(tx, found.id, input.userAgent, now)
    await forgive(tx, keys, now)
    await append(
      tx,
      { kind: 'door', accountId: found.id },
      { ...line, event: 'account.signed_in', data: { method: found.method, ...from } },
    )
    return done({ sessionId, accountId: found.id, role: found.role, name: found.name, locale: found.locale })
  })
}

/** Whoever may sign in with a passphrase: other methods (signInMethod) come with doors of their own. */
async function findAccount(tx: Tx, email: string) {
  const [row] = await tx
    .select({
      id: account.id,
      role: account.role,
      name: account.name,
      locale: account.locale,
      method: account.signInMethod,
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
