import { createHmac } from 'node:crypto'
import { inArray, lt, sql } from 'drizzle-orm'
import { signInThrottle } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import { ACCOUNT, ADDRESS, type Allowance, counted, waitsUntil } from './rules/throttle.ts'

/** Longer than any allowance remembers. */
const FORGOTTEN_AFTER_MS = 24 * 3600_000

export type Key = { key: string; allowance: Allowance }

/** Keys are keyed hashes: the table tells neither who failed nor from where. */
export function keysOf(account: string, address: string | null, secret: string): Key[] {
  const keys: Key[] = [{ key: fingerprint(`account:${account}`, secret), allowance: ACCOUNT }]
  if (address) keys.push({ key: fingerprint(`address:${address}`, secret), allowance: ADDRESS })
  return keys
}

export function fingerprint(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, 40)
}

/**
 * Lets one attempt in, or says until when it waits. An attempt counts as failed until it proves right, so that
 * a hundred sent at the same instant are held like a hundred in a row.
 */
export async function admit(tx: Tx, keys: Key[], now: Date): Promise<Date | null> {
  const sorted = [...keys].sort((a, b) => (a.key < b.key ? -1 : 1))
  const rows = await tx
    .insert(signInThrottle)
    .values(sorted.map(({ key }) => ({ key, failures: 0, lastFailureAt: now })))
    .onConflictDoUpdate({ target: signInThrottle.key, set: { key: sql`excluded.key` } })
    .returning()
  const known = new Map(rows.map((row) => [row.key, row]))
  const waits = sorted.map(({ key, allowance }) => {
    const row = known.get(key)
    return row ? waitsUntil(row, allowance, now) : null
  })
  const until = waits.reduce((latest, wait) => (wait && (!latest || wait > latest) ? wait : latest), null)
  if (until) return until
  for (const { key, allowance } of sorted) {
    const row = known.get(key)
    await tx
      .update(signInThrottle)
      .set({ failures: (row ? counted(row, allowance, now) : 0) + 1, lastFailureAt: now })
      .where(inArray(signInThrottle.key, [key]))
  }
  return null
}

/** It was right: the account's key is forgotten, the address only gets its attempt back. */
export async function forgive(tx: Tx, [own, ...others]: Key[], now: Date): Promise<void> {
  if (own) await tx.delete(signInThrottle).where(inArray(signInThrottle.key, [own.key]))
  const rest = others.map(({ key }) => key)
  if (rest.length > 0)
    await tx
      .update(signInThrottle)
      .set({ failures: sql`greatest(${signInThrottle.failures} - 1, 0)` })
      .where(inArray(signInThrottle.key, rest))
  await tx.delete(signInThrottle).where(lt(signInThrottle.lastFailureAt, new Date(+now - FORGOTTEN_AFTER_MS)))
}
