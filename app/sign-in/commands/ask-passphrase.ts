import { sql } from 'drizzle-orm'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { asActor } from '#db/transaction.ts'
import { writeAtDoor } from '../open-session.ts'

export type PassphraseAsked = { account: { id: number; name: string } | null; at: string }
export type AskPassphrase = { email: string; address: string | null; secret: string }

/** A person asks once, then once more; a préfecture behind one exit asks for ten of its people. [D] */
const OF_A_NAME = { burst: 2, everyMs: 30 * 60_000 }
const OF_AN_ADDRESS = { burst: 10, everyMs: 5 * 60_000 }

/**
 * A passphrase forgotten: a call to make for the administrator, to the number of the directory, never to one that is given
 * here. Whoever asks learns nothing, by the words or by the time they take: the account is looked up, and a job is left, whether
 * there is one or not.
 */
export async function askPassphrase({ email, address, secret }: AskPassphrase, now: Date): Promise<void> {
  const name = email.trim().toLowerCase()
  const spends = [
    { key: fingerprint(`forgotten:${name}`, secret), ...OF_A_NAME },
    ...(address ? [{ key: fingerprint(`forgotten-from:${address}`, secret), ...OF_AN_ADDRESS }] : []),
  ]
  await asActor({ kind: 'door' }, (tx) =>
    tx.execute(
      sql`select app.ask_passphrase(${name}, ${JSON.stringify(spends)}::jsonb, ${now.toISOString()}::timestamptz)`,
    ),
  )
}

/** The job that was left: a line for the account, nothing where there was none. */
export async function notePassphraseAsked({ account, at }: PassphraseAsked): Promise<void> {
  if (account === null) return
  const { id: accountId, name } = account
  await asActor({ kind: 'door', accountId }, (tx) =>
    writeAtDoor(tx, accountId, 'account.passphrase_forgotten', { accountId, name }, new Date(at)),
  )
}
