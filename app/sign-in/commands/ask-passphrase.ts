import { sql } from 'drizzle-orm'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { append } from '#app/_journal/append.ts'
import { asActor } from '#db/transaction.ts'

export type AskPassphrase = { email: string; address: string | null; secret: string }

/** A person asks once, then once more; a préfecture behind one exit asks for ten of its people. [D] */
const OF_A_NAME = { burst: 2, everyMs: 30 * 60_000 }
const OF_AN_ADDRESS = { burst: 10, everyMs: 5 * 60_000 }

/**
 * A passphrase forgotten: a call to make for the administrator, to the number of the directory, never to one that is given
 * here. Whoever asks learns nothing: the same answer whether the account exists, was asked for already, or waits.
 */
export async function askPassphrase({ email, address, secret }: AskPassphrase, now: Date): Promise<void> {
  const name = email.trim().toLowerCase()
  const spends = [
    { key: fingerprint(`forgotten:${name}`, secret), ...OF_A_NAME },
    ...(address ? [{ key: fingerprint(`forgotten-from:${address}`, secret), ...OF_AN_ADDRESS }] : []),
  ]
  const found = await asActor({ kind: 'door' }, async (tx) => {
    const [row] = await tx.execute<{ waits: number; id: number | null; name: string | null }>(sql`
      select app.spend(${JSON.stringify(spends)}::jsonb, ${now.toISOString()}::timestamptz) as waits, a.id::int, a.name
      from (select 1) one left join account a on a.email = ${name} and a.active and a.sign_in_method = 'passphrase'`)
    return row && row.waits === 0 && row.id !== null ? { id: row.id, name: row.name ?? '' } : null
  })
  if (!found) return
  const door = { kind: 'door', accountId: found.id } as const
  await asActor(door, (tx) =>
    append(tx, door, {
      chain: `account:${found.id}`,
      event: 'account.passphrase_forgotten',
      visibility: 'internal',
      at: now,
      data: { accountId: found.id, name: found.name },
    }),
  )
}
