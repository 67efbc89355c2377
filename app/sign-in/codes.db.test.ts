import { randomUUID } from 'node:crypto'
import { generate } from 'otplib'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { actorOfSession, hasProved } from '#app/_auth/lookup.ts'
import { hashPassphrase } from '#app/_auth/passphrase.ts'
import { FRESH_MS } from '#app/_auth/rules/freshness.ts'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { closeDemonstration } from '#app/_demo/close.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { makeCodes, removeTotp, setTotp } from './commands/own-codes.ts'
import { proveAgain } from './commands/prove-again.ts'
import { secondStep } from './commands/second-step.ts'
import { signIn } from './commands/sign-in.ts'
import { openSession } from './open-session.ts'
import { HOW_MANY } from './rules/recovery.ts'
import { SCOPES } from './rules/throttle.ts'
import { makeTotpSecret } from './totp.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T03:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const RIGHT = 'colvert brique luge sillon'
const where = { userAgent: 'Firefox', address: null }
const { samu59: who, agent } = people
let app = ''
let sessionId = ''

const codeAt = (at: Date, secret = app) => generate({ secret, epoch: Math.floor(at.getTime() / 1000) })
const first = (email = who.email, passphrase = RIGHT) =>
  signIn({ email, passphrase, browser: randomUUID(), secret: 's', ...where }, now)
const second = (code: string, at = now, accountId = who.accountId) =>
  secondStep({ accountId, code, browser: randomUUID(), where, secret: 's' }, at)
const wrong = { ok: false, reason: { key: 'auth.second.wrong' } }

async function sessionOf(actor: typeof who, confined = false) {
  const { accountId: id, role, name, locale } = actor
  const opened = { method: 'passphrase', strong: false, confined, where } as const
  return (await asActor({ kind: 'door' }, (tx) => openSession(tx, { id, role, name, locale }, opened, now)))
    .sessionId
}

async function codesOf(actor = who, id = sessionId) {
  const made = await makeCodes(actor, { sessionId: id, secret: 's' }, now)
  return made.ok ? made.value.codes : []
}

beforeAll(async () => {
  const hash = await hashPassphrase(RIGHT)
  await owner`insert into passphrase (account_id, hash, updated_at) select id, ${hash}, ${now} from account`
})

beforeEach(async () => {
  for (const table of ['totp', 'recovery_code', 'passkey', 'sign_in_throttle', 'sign_in_count'])
    await owner.unsafe(`delete from ${table}`)
  sessionId = await sessionOf(who)
  app = makeTotpSecret()
})

/** Set up a minute before, so that the code of now was not used for it. */
async function withApp(actor = who) {
  const before = later(-60_000)
  const code = await codeAt(before)
  expect(await setTotp(actor, { secret: app, code, sessionId }, before)).toMatchObject({ ok: true })
}

describe('an application of codes', () => {
  test('is set up by a code it shows, and is asked for after the passphrase', async () => {
    expect(await setTotp(who, { secret: app, code: '000000', sessionId }, now)).toMatchObject({
      fields: { proof: { key: 'auth.totp.wrong' } },
    })
    expect(await first()).toMatchObject({ ok: true, value: { step: 'in' } })
    await withApp()
    expect(await first()).toEqual({ ok: true, value: { step: 'second', accountId: who.accountId } })
    expect(await second(await codeAt(now))).toMatchObject({ ok: true, value: { step: 'in' } })
  })

  test('its secret is not in the database as it is', async () => {
    await withApp()
    expect(JSON.stringify(await owner`select * from totp`)).not.toContain(app)
  })

  test('a code is taken once, even sent twice at once; nor is one before it', async () => {
    await withApp()
    const [code, before] = [await codeAt(now), await codeAt(later(-30_000))]
    const both = await Promise.all([second(code), second(code)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await second(code)).toEqual(wrong)
    expect(await second(before)).toEqual(wrong)
  })

  test.each([
    ['half a minute late', -30_000, true],
    ['half a minute early', 30_000, true],
    ['a minute and a half late', -90_000, false],
    ['a minute and a half early', 90_000, false],
  ])('a telephone that is %s', async (_, ms, taken) => {
    await setTotp(who, { secret: app, code: await codeAt(later(-3_600_000)), sessionId }, later(-3_600_000))
    expect((await second(await codeAt(later(ms)))).ok).toBe(taken)
  })

  test('guessing waits, and each try is in the journal; the passphrase alone never opens', async () => {
    await withApp()
    const { free } = SCOPES.second
    const refusals = async () => {
      const rows = await owner`select from journal where chain = ${`account:${who.accountId}`}
        and event = 'account.sign_in_failed' and data ->> 'method' = 'code'`
      return rows.length
    }
    const before = await refusals()
    for (let n = 0; n <= free; n++) expect(await second('123456')).toEqual(wrong)
    expect(await second(await codeAt(now))).toMatchObject({ reason: { key: 'auth.wait' } })
    expect((await refusals()) - before).toBe(free + 1)
  })

  test('taken away, the passphrase is enough again for whoever is asked nothing more', async () => {
    await withApp()
    await removeTotp(who, {}, now)
    expect(await first()).toMatchObject({ value: { step: 'in' } })
  })

  test('the last way of an agent is not taken away', async () => {
    await withApp(agent)
    expect(await removeTotp(agent, {}, now)).toMatchObject({ reason: { key: 'auth.ways.last' } })
  })
})

describe('codes on paper', () => {
  test('open once each, however they are typed, and one person’s are not another’s', async () => {
    const codes = await codesOf()
    expect(new Set(codes).size).toBe(HOW_MANY)
    expect(await first()).toMatchObject({ value: { step: 'second' } })
    const [one = '', other = ''] = codes
    expect(await second(one, now, agent.accountId)).toEqual(wrong)
    expect(await second(` ${one.toUpperCase().replaceAll('-', ' ')}`)).toMatchObject({ ok: true })
    expect(await second(one)).toEqual(wrong)
    expect(await second(other)).toMatchObject({ ok: true })
    const kept = JSON.stringify(await owner`select * from recovery_code`)
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''))
  })

  test('new ones make the former worth nothing', async () => {
    const [old = ''] = await codesOf()
    const [fresh = ''] = await codesOf()
    expect(await second(old)).toEqual(wrong)
    expect(await second(fresh)).toMatchObject({ ok: true })
  })
})

describe('whoever works at the cell', () => {
  test('with a passphrase alone may only set up the rest; an application and codes are enough', async () => {
    const signed = await first(agent.email)
    expect(signed).toMatchObject({ value: { step: 'in', confined: true } })
    if (!signed.ok || signed.value.step !== 'in') return
    const id = signed.value.sessionId
    expect(await actorOfSession(id, now)).toBeNull()
    await setTotp(agent, { secret: app, code: await codeAt(now), sessionId: id }, now)
    expect(await actorOfSession(id, now)).toBeNull()
    await codesOf(agent, id)
    expect(await actorOfSession(id, now)).toMatchObject({ role: 'agent' })
  })

  test('in the demonstration, the accounts that are printed keep their passphrase whatever a visitor adds', async () => {
    await owner`insert into setting (key, value) values ('demonstration', '"loaded"')`
    const demo = DEMO_ACCOUNTS.find(({ role }) => role === 'agent')
    await owner`update account set email = ${demo?.email ?? ''} where id = ${agent.accountId}`
    await withApp(agent)
    await codesOf(agent)
    expect(await first(demo?.email)).toMatchObject({ value: { step: 'in', confined: false } })
    // Outside of it the same address is an account like any other.
    await owner`delete from setting where key = 'demonstration'`
    expect(await first(demo?.email)).toMatchObject({ value: { step: 'second' } })
    await owner`update account set email = ${agent.email} where id = ${agent.accountId}`
  })

  test('an account of the demonstration opens nothing where DATABASE_URL is set: its passphrase is public', async () => {
    const demo = DEMO_ACCOUNTS.find(({ role }) => role === 'lead')
    await owner`insert into setting (key, value) values ('demonstration', '"loaded"')`
    await owner`update account set email = ${demo?.email ?? ''} where id = ${people.lead.accountId}`
    const signed = await first(demo?.email)
    expect(await closeDemonstration(owner, now)).toBe(1)
    expect(await first(demo?.email)).toMatchObject({ reason: { key: 'auth.wrong' } })
    if (signed.ok && signed.value.step === 'in')
      expect(await actorOfSession(signed.value.sessionId, now)).toBeNull()
    expect(await first()).toMatchObject({ ok: true })
    expect(await closeDemonstration(owner, now)).toBe(0)
  })

  test('an organisation of which it is asked', async () => {
    await owner`update organisation set strong_sign_in = true where id = ${who.organisationId}`
    expect(await first()).toMatchObject({ value: { confined: true } })
    await owner`update organisation set strong_sign_in = false where id = ${who.organisationId}`
    expect(await first()).toMatchObject({ value: { confined: false } })
  })
})

describe('proving again who one is', () => {
  const at = later(FRESH_MS)
  const again = (proof: string) => proveAgain(who, { proof, sessionId, secret: 's' }, at)

  test('by the passphrase, for whoever has nothing else', async () => {
    expect(await again('not this one')).toMatchObject({ reason: { key: 'auth.again.wrong' } })
    expect(await hasProved(who, sessionId, at)).toBe(false)
    expect(await again(RIGHT)).toMatchObject({ ok: true })
    expect(await hasProved(who, sessionId, at)).toBe(true)
  })

  test('by a code for whoever has one to give: then the passphrase is not enough', async () => {
    await withApp()
    expect(await again(RIGHT)).toMatchObject({ reason: { key: 'auth.again.wrong' } })
    expect(await again(await codeAt(at))).toMatchObject({ ok: true })
  })
})
