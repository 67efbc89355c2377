import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ANSWERED_WITHIN_MS, openCeremony, sealCeremony } from '#app/_auth/ceremony.ts'
import { actorOfSession, hasProved } from '#app/_auth/lookup.ts'
import { FRESH_MS } from '#app/_auth/rules/freshness.ts'
import { asActor } from '#db/transaction.ts'
import { makeAuthenticator, type Twist } from '#scripts/testing/authenticator.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { addPasskey, removePasskey, signInWithPasskey } from './commands/passkeys.ts'
import { proveAgainByPasskey } from './commands/prove-again.ts'
import { signIn } from './commands/sign-in.ts'
import { openSession } from './open-session.ts'
import { readWays } from './queries.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T03:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const site = { origin: 'https://permanence.example', host: 'permanence.example' }
const where = { userAgent: 'Firefox', address: '198.51.100.7' }
const challengeOf = () => randomBytes(32).toString('base64url')
const { samu59: who, agent } = people

let device = makeAuthenticator(site)
let sessionId = ''

beforeEach(async () => {
  await owner`delete from passkey`
  await owner`delete from recovery_code`
  await owner`delete from sign_in_count`
  device = makeAuthenticator(site)
  sessionId = await sessionOf(who)
  const challenge = challengeOf()
  const answer = device.register(challenge)
  const added = await addPasskey(who, { answer, challenge, site, name: 'Poste 3', sessionId }, now)
  expect(added).toMatchObject({ ok: true })
})

async function sessionOf(actor: typeof who, confined = false) {
  const { accountId: id, role, name, locale } = actor
  const opened = { method: 'passphrase', strong: false, confined, where } as const
  const signed = await asActor({ kind: 'door' }, (tx) =>
    openSession(tx, { id, role, name, locale }, opened, now),
  )
  return signed.sessionId
}

function enter(twist: Twist = {}, challenge = challengeOf(), from = device, at = now) {
  const answer = from.answer(challenge, twist)
  return signInWithPasskey({ answer, challenge, site, where, browser: randomUUID(), secret: 's' }, at)
}

const lines = (accountId: number) =>
  owner<{ event: string; data: Record<string, unknown> }[]>`
    select event, data from journal where chain = ${`account:${accountId}`} order by id`

test('a device signs in its owner, who is known from that browser on', async () => {
  const signed = await enter()
  expect(signed).toMatchObject({ ok: true, value: { step: 'in', accountId: who.accountId, confined: false } })
  if (!signed.ok) return
  expect(await actorOfSession(signed.value.sessionId, now)).toMatchObject({ accountId: who.accountId })
  expect(await owner`select method, strong, place from session where id = ${signed.value.sessionId}`).toEqual(
    [{ method: 'passkey', strong: true, place: '198.51.100.*' }],
  )
  expect(await owner`select counter, last_used_at from passkey`).toMatchObject([
    { counter: '1', last_used_at: now },
  ])
  expect((await owner`select from known_origin where account_id = ${who.accountId}`).length).toBe(2)
  expect((await lines(who.accountId)).at(-1)).toEqual({
    event: 'account.signed_in',
    data: { method: 'passkey' },
  })
})

test('bound to the domain above two addresses, it signs in at either, and for no other name', async () => {
  const both = [1, 2].map((n) => ({
    origin: `https://site-${n}.permanence.example`,
    host: 'permanence.example',
  }))
  const [first, second] = both as [typeof site, typeof site]
  const one = makeAuthenticator(first)
  const made = {
    answer: one.register('c'.repeat(43)),
    challenge: 'c'.repeat(43),
    site: first,
    name: 'Clef',
    sessionId,
  }
  expect(await addPasskey(who, made, now)).toMatchObject({ ok: true })
  const challenge = challengeOf()
  const answer = one.answer(challenge, { origin: second.origin })
  const at = (where_: typeof site) =>
    signInWithPasskey({ answer, challenge, site: where_, where, browser: randomUUID(), secret: 's' }, now)
  expect(await at({ ...second, host: 'site-2.permanence.example' })).toMatchObject({ ok: false })
  const again = challengeOf()
  const signed = one.answer(again, { origin: second.origin })
  expect(
    await signInWithPasskey(
      { answer: signed, challenge: again, site: second, where, browser: randomUUID(), secret: 's' },
      now,
    ),
  ).toMatchObject({ ok: true, value: { accountId: who.accountId } })
})

describe('nothing is granted, the journal says what was refused:', () => {
  test.each<[string, Twist, string]>([
    ['a challenge of another moment', { challenge: challengeOf() }, 'expired'],
    ['signed for another site', { origin: 'https://permanence.example.evil.test' }, 'elsewhere'],
    ['signed for this site’s name by another key of the device', { host: 'evil.test' }, 'refused'],
    ['its owner was not verified', { userVerified: false }, 'unverified'],
  ])('%s', async (_, twist, why) => {
    const before = await owner`select count(*) from session`
    expect(await enter(twist)).toEqual({ ok: false, reason: { key: `auth.passkey.${why}` } })
    expect(await owner`select count(*) from session`).toEqual(before)
    expect((await lines(who.accountId)).at(-1)).toEqual({
      event: 'account.sign_in_failed',
      data: { method: 'passkey', why },
    })
    expect(await owner`select outcome, times from sign_in_count`).toEqual([
      { outcome: 'wrong_passkey', times: 1 },
    ])
  })

  test('the same answer, sent twice, even at once', async () => {
    const challenge = challengeOf()
    const answer = device.answer(challenge)
    const send = () =>
      signInWithPasskey({ answer, challenge, site, where, browser: randomUUID(), secret: 's' }, now)
    const both = await Promise.all([send(), send()])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: { key: 'auth.passkey.replayed' } })
    expect(await send()).toMatchObject({ reason: { key: 'auth.passkey.replayed' } })
  })

  test('another device that calls itself as this one', async () => {
    const other = makeAuthenticator(site)
    const challenge = challengeOf()
    const answer = { ...other.answer(challenge), id: device.answer(challenge).id }
    const sent = { ...answer, rawId: answer.id }
    expect(
      await signInWithPasskey(
        { answer: sent, challenge, site, where, browser: randomUUID(), secret: 's' },
        now,
      ),
    ).toMatchObject({ reason: { key: 'auth.passkey.refused' } })
  })

  test('a device nobody registered', async () => {
    expect(await enter({}, challengeOf(), makeAuthenticator(site))).toMatchObject({
      reason: { key: 'auth.passkey.unknown' },
    })
  })

  test('a count that went back: the passkey opens nothing any more', async () => {
    expect(await enter({ counter: 7 })).toMatchObject({ ok: true })
    expect(await enter({ counter: 7 })).toMatchObject({ reason: { key: 'auth.passkey.suspended' } })
    expect((await lines(who.accountId)).slice(-2).map(({ event }) => event)).toEqual([
      'account.passkey_suspended',
      'account.sign_in_failed',
    ])
    expect(await enter({ counter: 9 })).toMatchObject({ reason: { key: 'auth.passkey.unknown' } })
  })

  test('an account put out of use', async () => {
    await owner`update account set active = false where id = ${who.accountId}`
    expect(await enter()).toMatchObject({ reason: { key: 'auth.passkey.unknown' } })
    await owner`update account set active = true where id = ${who.accountId}`
  })
})

test('the victim of an attack on its e-mail signs in at the first try with a passkey, from a browser and a place never seen', async () => {
  const from = (n: number) => `203.0.113.${n}`
  let held = 0
  for (let n = 0; n < 120; n++) {
    const tried = {
      email: who.email,
      passphrase: 'wrong',
      browser: randomUUID(),
      secret: 's',
      userAgent: null,
    }
    const answer = await signIn({ ...tried, address: from(n % 40) }, now)
    if (!answer.ok && answer.reason.key === 'auth.wait') held += 1
  }
  expect(held).toBeGreaterThan(0)
  expect(await enter()).toMatchObject({ ok: true })
})

describe('a device is added', () => {
  test.each<[string, Twist, string]>([
    ['for another challenge', { challenge: challengeOf() }, 'expired'],
    ['at another site', { origin: 'http://permanence.example' }, 'elsewhere'],
    ['without knowing its owner', { userVerified: false }, 'unverified'],
  ])('%s: refused', async (_, twist, why) => {
    const challenge = challengeOf()
    const answer = makeAuthenticator(site).register(challenge, twist)
    expect(await addPasskey(who, { answer, challenge, site, name: 'x', sessionId }, now)).toMatchObject({
      reason: { key: `auth.passkey.${why}` },
    })
    expect(await owner`select from passkey`).toHaveLength(1)
  })

  test('once, to one account', async () => {
    const challenge = challengeOf()
    const answer = makeAuthenticator(site).register(challenge)
    const add = (actor: typeof who) =>
      addPasskey(actor, { answer, challenge, site, name: 'x', sessionId }, now)
    expect(await add(who)).toMatchObject({ ok: true })
    expect(await add(who)).toMatchObject({ reason: { key: 'auth.passkey.replayed' } })
    const own = challengeOf()
    const again = device.register(own)
    expect(
      await addPasskey(people.pref59, { answer: again, challenge: own, site, name: 'x', sessionId }, now),
    ).toMatchObject({ reason: { key: 'auth.passkey.known' } })
  })

  test('and only its holder takes it away', async () => {
    const [row] = await owner<{ id: number }[]>`select id::int from passkey`
    const id = row?.id ?? 0
    expect(await removePasskey(people.pref59, { id }, now)).toMatchObject({
      reason: { key: 'auth.passkey.gone' },
    })
    expect(await removePasskey(who, { id }, now)).toMatchObject({ ok: true })
    expect(await enter()).toMatchObject({ reason: { key: 'auth.passkey.unknown' } })
  })
})

describe('an agent, of whom more than one way is asked', () => {
  test('is nobody until the second is set up, and is in at once when it is', async () => {
    await owner`delete from passkey`
    const confined = await sessionOf(agent, true)
    expect(await actorOfSession(confined, now)).toBeNull()
    expect(await actorOfSession(confined, now, { toSetUp: true })).toMatchObject({ role: 'agent' })
    const add = async () => {
      const challenge = challengeOf()
      const answer = makeAuthenticator(site).register(challenge)
      return addPasskey(agent, { answer, challenge, site, name: 'x', sessionId: confined }, now)
    }
    await add()
    expect(await actorOfSession(confined, now)).toBeNull()
    await add()
    expect(await actorOfSession(confined, now)).toMatchObject({ role: 'agent' })
  })

  test('with one passkey alone signs in to set up the other way, and nothing else', async () => {
    await owner`update passkey set account_id = ${agent.accountId}`
    const signed = await enter()
    expect(signed).toMatchObject({ ok: true, value: { confined: true } })
    await owner`insert into recovery_code values (${agent.accountId}, 'x', ${now}, null)`
    expect(await enter()).toMatchObject({ ok: true, value: { confined: false } })
  })

  test('throws away a device that was set aside, never the last that opens', async () => {
    await owner`update passkey set account_id = ${agent.accountId}`
    const [aside] = await owner<{ id: number }[]>`
      insert into passkey (account_id, credential_id, public_key, counter, backed_up, name, created_at, suspended_at)
      select account_id, 'other', public_key, 0, false, 'Ancien', created_at, ${now} from passkey returning id::int`
    const [last] = await owner<{ id: number }[]>`select id::int from passkey where suspended_at is null`
    expect(await removePasskey(agent, { id: last?.id ?? 0 }, now)).toMatchObject({
      reason: { key: 'auth.ways.last' },
    })
    expect(await removePasskey(agent, { id: aside?.id ?? 0 }, now)).toMatchObject({ ok: true })
  })
})

describe('proving again who one is', () => {
  const prove = (actor: typeof who, id = sessionId, at = now) => {
    const challenge = challengeOf()
    return proveAgainByPasskey(
      actor,
      { answer: device.answer(challenge), challenge, site, sessionId: id },
      at,
    )
  }

  test('is good for a while, in that session', async () => {
    const at = later(FRESH_MS)
    expect(await hasProved(who, sessionId, later(FRESH_MS - 1))).toBe(true)
    expect(await hasProved(who, sessionId, at)).toBe(false)
    expect(await prove(who, sessionId, at)).toMatchObject({ ok: true })
    expect(await hasProved(who, sessionId, at)).toBe(true)
    expect(await hasProved(who, await sessionOf(who), at)).toBe(false)
    expect(await hasProved(people.pref59, sessionId, at)).toBe(false)
  })

  test('whose only device was set aside is asked the passphrase again, where there is one', async () => {
    const [asked, lacking] = [{ byPassphrase: true }, { byPassphrase: false }]
    await owner`update passkey set suspended_at = ${now}`
    expect(await readWays(who)).toMatchObject(lacking)
    await owner`insert into passphrase values (${who.accountId}, 'x', ${now})`
    expect(await readWays(who)).toMatchObject(asked)
    await owner`update passkey set suspended_at = null`
    expect(await readWays(who)).toMatchObject(lacking)
  })

  test('somebody else’s device proves nothing for this session', async () => {
    const theirs = await sessionOf(people.pref59)
    expect(await prove(people.pref59, theirs)).toMatchObject({ reason: { key: 'auth.again.other' } })
  })

  test('a session that has ended is not proved any more', async () => {
    await owner`update session set revoked_at = ${now} where id = ${sessionId}`
    expect(await prove(who)).toMatchObject({ reason: { key: 'auth.session_lost' } })
  })
})

test.each([
  ['a moment before it is over', ANSWERED_WITHIN_MS - 1, true],
  ['when it is over', ANSWERED_WITHIN_MS, false],
])('what was begun may be answered %s', async (_, ms, open) => {
  const content = { challenge: 'c', purpose: 'sign_in', sessionId: null } as const
  const sealed = await sealCeremony('passkey', content, now.getTime() + ANSWERED_WITHIN_MS)
  expect(await openCeremony('passkey', sealed, later(ms))).toEqual(open ? content : null)
  // Sealed for one thing, it is nothing for another.
  expect(await openCeremony('second', sealed, now)).toBeNull()
})
