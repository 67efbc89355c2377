import { randomUUID } from 'node:crypto'
import { hash as argon2 } from '@node-rs/argon2'
import { beforeEach, describe, expect, test } from 'vitest'
import { KNOWN_DAYS } from '#app/_auth/browser.ts'
import { actorOfSession } from '#app/_auth/lookup.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makeSigners, RIGHT, who } from '#scripts/testing/signers.ts'
import { signIn } from './commands/sign-in.ts'
import { SCOPES } from './rules/throttle.ts'

const { owner } = await createTestDatabase()
const now = new Date('2026-11-23T03:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const { agent, open, forget, lines } = await makeSigners(owner, now)
beforeEach(forget)

const failuresOf = async (id: number) =>
  (
    await owner<{ times: number }[]>`select (data->>'times')::int as times from journal
    where chain = ${`account:${id}`} and event = 'account.sign_in_failed' order by id`
  ).map(({ times }) => times)

describe('signing in', () => {
  test('opens a session and writes it down', async () => {
    const sessionId = await open('  Agent@Example.ORG ')
    expect(await actorOfSession(sessionId, now)).toMatchObject({
      accountId: agent,
      role: 'agent',
      exerciseId: null,
    })
    expect((await lines(agent))[0]).toMatchObject({ event: 'account.signed_in' })
  })

  test('wrong e-mail and wrong passphrase are the same sentence', async () => {
    const wrong = await signIn({ ...who('agent@example.org'), passphrase: 'not this one' }, now)
    const absent = await signIn(who('nobody@example.org'), now)
    expect(wrong).toEqual(absent)
    expect(wrong).toMatchObject({ ok: false, reason: { key: 'auth.wrong' } })
  })

  test('names that nobody has are counted, never written down; nothing that is kept tells who or from where', async () => {
    const from = { address: '198.51.100.7' }
    for (let n = 0; n < 5; n++) await signIn({ ...who(`nobody-${n}@example.org`), ...from }, now)
    await signIn({ ...who('agent@example.org'), passphrase: 'not this one', ...from }, now)
    await signIn({ ...who('agent@example.org'), ...from }, now)
    expect(await owner`select 1 from journal where chain = 'account:0'`).toHaveLength(0)
    expect(await owner`select outcome, times from sign_in_count order by 1`).toEqual([
      { outcome: 'unknown_name', times: 5 },
      { outcome: 'wrong_passphrase', times: 1 },
    ])
    const kept = JSON.stringify([
      await owner`select * from journal where chain like 'account:%'`,
      await owner`select * from sign_in_throttle`,
      await owner`select * from known_origin`,
    ])
    for (const secret of ['not this one', '198.51.100.7', 'nobody-']) expect(kept).not.toContain(secret)
  })

  test('a row of failures of one account is written down at the first, second, fourth, eighth', async () => {
    const before = await failuresOf(agent)
    for (let n = 0; n < SCOPES.name_without_address.free; n++)
      await signIn({ ...who('agent@example.org'), passphrase: 'wrong' }, now)
    expect((await failuresOf(agent)).slice(before.length)).toEqual([1, 2, 4, 8])
  })

  test.each([
    ['an inactive account', (on: boolean) => owner`update account set active = ${on} where name = 'SAMU 31'`],
    [
      'an inactive organisation',
      (on: boolean) => owner`update organisation set active = ${on} where name = 'SAMU 31'`,
    ],
  ])('%s does not exist', async (_, set) => {
    await set(false)
    expect(await signIn(who('samu-31@example.org'), now)).toMatchObject({ reason: { key: 'auth.wrong' } })
    await set(true)
    await open('samu-31@example.org')
  })
})

describe('after wrong passphrases from a browser that is known', () => {
  const held = SCOPES.known_browser
  const mine = { ...who('agent@example.org'), browser: randomUUID() as string }
  const wrong = (at: Date) => signIn({ ...mine, passphrase: 'wrong' }, at)
  beforeEach(async () => {
    await signIn(mine, now)
  })

  test('the right one waits, no longer than said, and then all is forgotten', async () => {
    for (let i = 0; i <= held.free; i++)
      expect(await wrong(now)).toMatchObject({ reason: { key: 'auth.wrong' } })
    const until = later(held.firstWaitMs)
    expect(await signIn(mine, later(held.firstWaitMs - 1))).toMatchObject({
      reason: { key: 'auth.wait', values: { until: until.toISOString() } },
    })
    expect(await signIn(mine, until)).toMatchObject({ ok: true })
    expect(await wrong(until)).toMatchObject({ reason: { key: 'auth.wrong' } })
  })

  test('attempts made while waiting do not lengthen the wait', async () => {
    for (let i = 0; i <= held.free; i++) await wrong(now)
    for (let i = 0; i < 5; i++)
      expect(await wrong(later(500))).toMatchObject({ reason: { key: 'auth.wait' } })
    expect(await signIn(mine, later(held.firstWaitMs))).toMatchObject({ ok: true })
  })

  test('twenty sent at the same instant are held like twenty in a row', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => wrong(now)))
    const tried = results.filter((result) => !result.ok && result.reason.key === 'auth.wrong')
    expect(tried).toHaveLength(held.free + 1)
  })
})

describe('whoever knows an e-mail cannot lock its owner out', () => {
  const STRANGER = { address: '203.0.113.66' }
  const HOME = { address: '198.51.100.7' }
  /** One wrong try each 0.7 s for twenty seconds; then it is `later(20_000)`. */
  async function attack(from: { address: string | null }) {
    let heldUp = 0
    for (let ms = 0; ms < 20_000; ms += 700) {
      const tried = { ...who('agent@example.org'), passphrase: 'wrong', browser: randomUUID(), ...from }
      const answer = await signIn(tried, later(ms))
      if (!answer.ok && answer.reason.key === 'auth.wait') heldUp++
    }
    return heldUp
  }

  test.each([
    ['from one address', STRANGER, HOME],
    ['without an address', { address: null }, { address: null }],
    ['from one address, the owner without', STRANGER, { address: null }],
  ])('%s: the owner’s own browser signs in at the first try, anywhere', async (_, attacker, owner) => {
    const mine = { ...who('agent@example.org'), ...owner }
    expect(await signIn(mine, now)).toMatchObject({ ok: true })
    expect(await attack(attacker)).toBeGreaterThan(10)
    expect(await signIn(mine, later(20_000))).toMatchObject({ ok: true })
  })

  test.each([
    ['where the account has signed in before', true],
    ['where it never has', false],
  ])('from another address, with a new browser %s, the owner signs in at the first try', async (_, known) => {
    if (known) await signIn({ ...who('agent@example.org'), ...HOME }, now)
    await attack(STRANGER)
    const mine = { ...who('agent@example.org'), browser: randomUUID(), ...HOME }
    expect(await signIn(mine, later(20_000))).toMatchObject({ ok: true })
  })

  test('who guesses at one name without an address holds up no other name', async () => {
    await attack({ address: null })
    expect(await signIn({ ...who('coz@example.org'), browser: randomUUID() }, later(20_000))).toMatchObject({
      ok: true,
    })
  })

  test('who tries a thousand names from one address holds up no account known there', async () => {
    await signIn({ ...who('agent@example.org'), ...HOME }, now)
    for (let n = 0; n < 30; n++) await signIn({ ...who(`n${n}@example.org`), ...HOME }, now)
    const other = { ...who('coz@example.org'), browser: randomUUID(), ...HOME }
    expect(await signIn(other, now)).toMatchObject({ reason: { key: 'auth.wait' } })
    const mine = { ...who('agent@example.org'), browser: randomUUID(), ...HOME }
    expect(await signIn(mine, now)).toMatchObject({ ok: true })
  })

  test('another account’s browser is not known for this one', async () => {
    const shared = randomUUID() as string
    await signIn({ ...who('coz@example.org'), browser: shared }, now)
    await attack({ address: null })
    expect(await signIn({ ...who('agent@example.org'), browser: shared }, later(19_700))).toMatchObject({
      reason: { key: 'auth.wait' },
    })
  })

  test.each([
    ['to the day', KNOWN_DAYS, 2],
    ['and no longer', KNOWN_DAYS + 0.001, 1],
  ])('where an account was right is known %s', async (_, days, marks) => {
    await signIn({ ...who('agent@example.org'), browser: randomUUID() }, now)
    await signIn({ ...who('agent@example.org'), browser: randomUUID() }, later(days * 24 * 3600_000))
    expect(await owner`select 1 from known_origin`).toHaveLength(marks)
  })
})

test('a success from an address does not forget the failures of the address', async () => {
  const at = { address: '198.51.100.7' }
  await signIn({ ...who('nobody@example.org'), ...at }, now)
  await signIn({ ...who('agent@example.org'), ...at }, now)
  // The first failed on the name from there, on the address and on the name.
  expect(await owner`select failures from sign_in_throttle where failures > 0`).toHaveLength(3)
})

test.each([
  ['younger than a day by the clock given', -24 * 3600_000, 1],
  ['one millisecond older', -24 * 3600_000 - 1, 0],
])('a success clears away failures of others: %s', async (_, ms, left) => {
  await owner`insert into sign_in_throttle (key, failures, last_failure_at) values ('other', 1, ${later(ms)})`
  await open()
  expect(await owner`select 1 from sign_in_throttle where key = 'other'`).toHaveLength(left)
})

describe('a passphrase as it is heard', () => {
  test.each([
    ['a blank at the end', `${RIGHT} `],
    ['capitals', RIGHT.toUpperCase()],
    ['an unbreakable blank', RIGHT.replace(' ', '\u00a0')],
  ])('%s', async (_, passphrase) => {
    expect(await signIn({ ...who('agent@example.org'), passphrase }, now)).toMatchObject({ ok: true })
  })

  test('what was set with its capitals before they were folded is still right, typed as it was', async () => {
    const hash = await argon2(`Avec Majuscules Comme Avant`)
    await owner`update passphrase set hash = ${hash} where account_id = (select id from account where name = 'COZ')`
    const typed = (passphrase: string) => signIn({ ...who('coz@example.org'), passphrase }, now)
    expect(await typed('Avec Majuscules Comme Avant')).toMatchObject({ ok: true })
    expect(await typed('avec majuscules comme avant')).toMatchObject({ ok: false })
  })
})
