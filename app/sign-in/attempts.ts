import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { KNOWN_DAYS } from '#app/_auth/browser.ts'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { knownOrigin, type SignInOutcome, signInCount, signInThrottle } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import { SCOPES, type Scope, scopesOf, waitsUntil, withOneMore } from './rules/throttle.ts'

/** Longer than any allowance remembers. */
const FORGOTTEN_AFTER_MS = 24 * 3600_000
const HOUR_MS = 3600_000

export type Key = { key: string; scope: Scope }

/** Who is tried, and from where. `accountId` is null when nobody has this name. */
export type Attempt = {
  email: string
  accountId: number | null
  browser: string
  address: string | null
  /** Of `browser` and `address` (their fingerprints): those from which this account has signed in. */
  known: string[]
  secret: string
}

/** Keys are keyed hashes: the table tells neither who failed nor from where. */
export function keysOf(attempt: Attempt): Key[] {
  const { accountId, address, known, secret } = attempt
  const [browserMark, addressMark] = marksOf(attempt)
  const isKnown = (mark: string | undefined) => mark !== undefined && known.includes(mark)
  const elsewhere = address === null ? 'hidden' : 'new'
  const scopes = scopesOf({
    browser: isKnown(browserMark) ? 'known' : 'new',
    address: isKnown(addressMark) ? 'known' : elsewhere,
  })
  const name = nameSlot(attempt.email, secret)
  const about: Record<Scope, string> = {
    known_browser: `${accountId}:${browserMark}`,
    known_address: `${accountId}:${addressMark}`,
    name_from_address: `${name}:${addressMark}`,
    new_address: `${addressMark}`,
    name,
    name_without_address: name,
    change: `${accountId}`,
    second: `${accountId}`,
  }
  return scopes.map((scope) => ({ scope, key: fingerprint(`${scope}:${about[scope]}`, secret) }))
}

export function keyOfChange(accountId: number, secret: string): Key {
  return { scope: 'change', key: fingerprint(`change:${accountId}`, secret) }
}

export function keyOfSecond(accountId: number, secret: string): Key {
  return { scope: 'second', key: fingerprint(`second:${accountId}`, secret) }
}

/** What an account's known browsers and addresses are kept as. */
export function marksOf({
  browser,
  address,
  secret,
}: Pick<Attempt, 'browser' | 'address' | 'secret'>): string[] {
  const marks = [fingerprint(`browser:${browser}`, secret)]
  if (address) marks.push(fingerprint(`address:${address}`, secret))
  return marks
}

// Names are anybody's to invent: they share 65 536 keys, those that exist too, so that the table stays small and
// nobody learns from a wait which names exist.
function nameSlot(email: string, secret: string): string {
  return fingerprint(`name:${email}`, secret).slice(0, 4)
}

/**
 * Lets one attempt in, or says until when it waits. An attempt counts as failed until it proves right, so that
 * a hundred sent at the same instant are held like a hundred in a row. `failures`: on the first key, this one included.
 */
export async function admit(
  tx: Tx,
  keys: Key[],
  now: Date,
): Promise<{ until: Date | null; failures: number }> {
  const sorted = [...keys].sort((a, b) => (a.key < b.key ? -1 : 1))
  const rows = await tx
    .insert(signInThrottle)
    .values(sorted.map(({ key }) => ({ key, failures: 0, lastFailureAt: now })))
    .onConflictDoUpdate({ target: signInThrottle.key, set: { key: sql`excluded.key` } })
    .returning()
  const known = new Map(rows.map((row) => [row.key, row]))
  const before = ({ key }: Key) => known.get(key) ?? { failures: 0, lastFailureAt: now }
  const waits = keys.map((key) => waitsUntil(before(key), SCOPES[key.scope], now))
  const until = waits.reduce((latest, wait) => (wait && (!latest || wait > latest) ? wait : latest), null)
  if (until) return { until, failures: 0 }
  const after = keys.map((key) => ({ key: key.key, ...withOneMore(before(key), SCOPES[key.scope], now) }))
  for (const { key, ...attempts } of after)
    await tx.update(signInThrottle).set(attempts).where(eq(signInThrottle.key, key))
  return { until: null, failures: after[0]?.failures ?? 0 }
}

/** It was right: the first key's failures are forgotten, what others share only gets this attempt back. */
export async function forgive(tx: Tx, [own, ...others]: Key[], now: Date): Promise<void> {
  const isOwn = own && SCOPES[own.scope].kind === 'doubling'
  if (isOwn) await tx.delete(signInThrottle).where(eq(signInThrottle.key, own.key))
  const shared = (isOwn || !own ? others : [own, ...others]).map(({ key }) => key)
  if (shared.length > 0)
    await tx
      .update(signInThrottle)
      .set({ failures: sql`greatest(${signInThrottle.failures} - 1, 0)` })
      .where(inArray(signInThrottle.key, shared))
  await tx.delete(signInThrottle).where(lt(signInThrottle.lastFailureAt, new Date(+now - FORGOTTEN_AFTER_MS)))
}

/** This account has been right from here: from now on nobody else can hold it up here. */
export async function remember(tx: Tx, accountId: number, marks: string[], now: Date): Promise<void> {
  const day = 24 * HOUR_MS
  const over = and(
    eq(knownOrigin.accountId, accountId),
    lt(knownOrigin.lastAt, new Date(+now - KNOWN_DAYS * day)),
  )
  const from = tx
    .insert(knownOrigin)
    .values(marks.map((mark) => ({ accountId, mark, lastAt: now })))
    .onConflictDoUpdate({ target: [knownOrigin.accountId, knownOrigin.mark], set: { lastAt: now } })
  await Promise.all([tx.delete(knownOrigin).where(over).execute(), from.execute()])
}

/** What is only counted, an hour together: how many failed, never who nor from where. */
export async function countFailure(tx: Tx, outcome: SignInOutcome, now: Date): Promise<void> {
  const hour = new Date(Math.floor(+now / HOUR_MS) * HOUR_MS)
  await tx
    .insert(signInCount)
    .values({ hour, outcome, times: 1 })
    .onConflictDoUpdate({
      target: [signInCount.hour, signInCount.outcome],
      set: { times: sql`${signInCount.times} + 1` },
    })
}
