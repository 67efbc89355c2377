import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { begun } from '#app/_auth/ceremony.ts'
import { actorOfSession, hasProved } from '#app/_auth/lookup.ts'
import { FRESH_MS } from '#app/_auth/rules/freshness.ts'
import { bindIdentity, invite, unbindIdentity } from '#app/admin/commands/sign-in-ways.ts'
import { freePort } from '#db/embedded.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { OIDC_CLIENT } from '#scripts/testing/oidc-client.ts'
import { startOidcProvider, type Wrong } from '#scripts/testing/oidc-provider.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { followWithProvider, isOpen } from './commands/invitation.ts'
import { proveAgainByProvider, signInWithProvider } from './commands/provider-sign-in.ts'
import { openSession } from './open-session.ts'
import * as leave from './provider/route.ts'
import { leaveAt, type Provider, provider, readReturn, type Said, startAt } from './provider.ts'

const kept = vi.hoisted(() => new Map<string, { value: string }>())
vi.mock('next/headers', async () => ({
  ...(await import('#scripts/testing/request.ts')),
  cookies: async () => ({
    get: (name: string) => kept.get(name),
    set: (name: string, value: string) => kept.set(name, { value }),
  }),
}))
vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { samu59: who, agent, admin } = people
const SITE = 'http://localhost:1'
const BACK = `${SITE}/sign-in/provider/callback`
const port = await freePort()
const op = await startOidcProvider(port, SITE)
afterAll(() => op.stop())
// The provider signs by the real clock.
const now = new Date()
const later = (ms: number) => new Date(now.getTime() + ms)
const where = { userAgent: 'Firefox', address: null }
const settings = provider({
  NODE_ENV: 'test',
  OIDC_ISSUER: op.issuer,
  OIDC_CLIENT_ID: OIDC_CLIENT.id,
  OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
}) as Provider

beforeEach(async () => {
  op.goesWrong(null)
  op.is('ada')
  for (const table of ['external_identity', 'unbound_identity', 'invitation', 'sign_in_count'])
    await owner.unsafe(`delete from ${table}`)
})

/** What a browser does between leaving for the provider and coming back. */
async function visit(start: string, jar = new Map<string, string>()): Promise<URL> {
  let url = start
  for (let steps = 0; steps < 12 && !url.startsWith(SITE); steps++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const next = answer.headers.get('location')
    if (!next) throw new Error(`${answer.status} ${await answer.text()}`)
    url = new URL(next, url).href
  }
  return new URL(url)
}

async function come(wrong: Wrong | null = null) {
  op.goesWrong(wrong)
  const started = await startAt(settings, BACK, false)
  if (!started.ok) return started
  return readReturn(settings, await visit(started.begun.go), started.begun, now)
}

async function said(): Promise<Said> {
  const read = await come()
  if (!read.ok) throw new Error(read.reason.key)
  return read.said
}

const signIn = (one: Said, at = now) =>
  signInWithProvider({ said: one, providerToken: 't', browser: randomUUID(), where, secret: 's' }, at)

describe('a provider set up as ProConnect is', () => {
  test('says who somebody is; the rest are hints', async () => {
    expect(await said()).toMatchObject({
      issuer: op.issuer,
      subject: 'ada',
      acr: 'eidas2',
      hints: { name: 'Ada Essai', email: 'ada@sdis59.example', siret: '13002526500013' },
    })
  })

  test('is asked for nothing it does not know, with a state and a nonce nobody guesses', async () => {
    const started = await startAt(settings, BACK, false)
    if (!started.ok) throw new Error('not started')
    const asked = new URL(started.begun.go).searchParams
    expect([...asked.keys()].sort()).toEqual([
      'claims',
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'nonce',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
    expect(asked.get('state')?.length).toBeGreaterThanOrEqual(32)
    expect(asked.get('nonce')?.length).toBeGreaterThanOrEqual(32)
    expect(JSON.parse(asked.get('claims') ?? '')).toEqual({
      id_token: {
        acr: { essential: true, values: ['eidas0-mfa', 'eidas1-mfa', 'eidas2', 'eidas3'] },
        auth_time: { essential: true },
      },
    })
  })

  test.each<[string, Wrong, string]>([
    ['somebody in between changed the signed userinfo', 'userinfo', 'untrusted'],
    ['it signs with a key that is not its own', 'key', 'untrusted'],
    ['it says that it is another', 'issuer', 'untrusted'],
    ['its clock is five minutes off', 'clock', 'clock'],
    ['it recognised him by one proof', 'acr', 'weak'],
    ['he gave up there', 'declined', 'declined'],
    ['it does not answer', 'slow', 'away'],
  ])(
    'nothing is granted when %s',
    async (_, wrong, why) => {
      expect(await come(wrong)).toEqual({ ok: false, reason: { key: `auth.provider.${why}` } })
    },
    30_000,
  )

  test('nor by an answer to another question, or given twice', async () => {
    const [one, other] = [await startAt(settings, BACK, false), await startAt(settings, BACK, false)]
    if (!one.ok || !other.ok) throw new Error('not started')
    const back = await visit(one.begun.go)
    expect(await readReturn(settings, back, other.begun, now)).toMatchObject({
      reason: { key: 'auth.provider.expired' },
    })
    expect(await readReturn(settings, back, { ...one.begun, nonce: other.begun.nonce }, now)).toMatchObject({
      reason: { key: 'auth.provider.untrusted' },
    })
    expect(await readReturn(settings, back, one.begun, now)).toMatchObject({ ok: false })
  })

  test('that is not there is away, in words', async () => {
    const nowhere = { ...settings, issuer: `http://localhost:${await freePort()}` }
    expect(await startAt(nowhere, BACK, false)).toMatchObject({ reason: { key: 'auth.provider.away' } })
    expect(await leaveAt(nowhere, 'x', { back: SITE, state: 's' })).toBeNull()
  })

  test('is left as well, with what it gave', async () => {
    const { idToken } = await said()
    const leave = new URL((await leaveAt(settings, idToken, { back: `${SITE}/sign-in`, state: 's' })) ?? '')
    expect(leave.origin).toBe(new URL(op.issuer).origin)
    expect(leave.searchParams.get('id_token_hint')).toBe(idToken)
    expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${SITE}/sign-in`)
  })
})

describe('who the provider says somebody is', () => {
  const ada: Said = {
    ...{ issuer: 'https://pc.example', subject: 'ada', acr: 'eidas2', shownAt: now, idToken: 't' },
    hints: { name: 'Ada', email: 'nora.essai@demo.example', siret: '1' },
  }
  const choice = `${ada.issuer} ${ada.subject}`

  test('is nobody here until an administrator binds him, whatever his e-mail address', async () => {
    await owner`update account set email = ${ada.hints.email} where id = ${who.accountId}`
    expect(await signIn(ada)).toMatchObject({ reason: { key: 'auth.provider.unbound' } })
    expect(await owner`select subject, email from unbound_identity`).toEqual([
      { subject: 'ada', email: ada.hints.email },
    ])
    for (const other of [who, agent])
      expect(await bindIdentity(other, { id: who.accountId, identity: choice }, now)).toMatchObject({
        ok: false,
      })
    expect(await bindIdentity(admin, { id: who.accountId, identity: choice }, now)).toMatchObject({
      ok: true,
    })
    const signed = await signIn(ada)
    expect(signed).toMatchObject({ ok: true, value: { accountId: who.accountId } })
    // The same subject of another issuer is somebody else.
    expect(await signIn({ ...ada, issuer: 'https://other.example' })).toMatchObject({ ok: false })

    const [row] = await owner<{ id: number }[]>`select id::int from external_identity`
    expect(await unbindIdentity(admin, { identityId: row?.id ?? 0 }, now)).toMatchObject({ ok: true })
    expect(await signIn(ada)).toMatchObject({ ok: false })
    if (signed.ok) expect(await actorOfSession(signed.value.sessionId, now)).toBeNull()
  })

  test('who never came cannot be bound', async () => {
    expect(
      await bindIdentity(admin, { id: who.accountId, identity: 'https://pc.example eve' }, now),
    ).toMatchObject({ reason: { key: 'admin.refused.identity_gone' } })
  })

  // At the keyboard of the provider somebody is signed in since a while, and nobody is asked anything.
  test.each([
    ['a session that lives there', null],
    ['a provider that does not tell when', 'undated'],
  ] as const)('%s lets him in, and is no fresh proof', async (_, wrong) => {
    op.goesWrong(wrong)
    const jar = new Map<string, string>()
    const hop = async (again: boolean) => {
      const started = await startAt(settings, BACK, again)
      if (!started.ok) throw new Error(started.reason.key)
      const go = new URL(started.begun.go)
      // Whoever sits there may change the address before he follows it.
      go.searchParams.delete('prompt')
      const read = await readReturn(settings, await visit(go.href, jar), started.begun, now)
      if (!read.ok) throw new Error(read.reason.key)
      return read.said
    }
    const first = await hop(false)
    await owner`insert into external_identity (account_id, issuer, subject, bound_at, bound_by)
      values (${who.accountId}, ${first.issuer}, ${first.subject}, ${now}, 'administrator')`
    const silent = await hop(true)
    expect(silent.shownAt).toEqual(wrong ? null : first.shownAt)
    const signed = await signIn(silent, later(FRESH_MS))
    if (!signed.ok) throw new Error(signed.reason.key)
    const { sessionId } = signed.value
    expect(await hasProved(who, sessionId, later(FRESH_MS))).toBe(false)
    expect(await proveAgainByProvider(who, { said: silent, sessionId }, later(FRESH_MS))).toEqual({
      ok: false,
      reason: { key: 'auth.provider.stale' },
    })
    expect(await hasProved(who, sessionId, later(FRESH_MS))).toBe(false)
  })

  test('proves again who he is, for his own session alone', async () => {
    await signIn(ada)
    await bindIdentity(admin, { id: who.accountId, identity: choice }, now)
    const open = async (actor: typeof who) => {
      const { accountId: id, role, name, locale } = actor
      const by = { method: 'provider', strong: true, confined: false, where } as const
      const at = later(-2 * FRESH_MS)
      return (await asActor({ kind: 'door' }, (tx) => openSession(tx, { id, role, name, locale }, by, at)))
        .sessionId
    }
    const [mine, theirs] = [await open(who), await open(agent)]
    expect(await hasProved(who, mine, now)).toBe(false)
    expect(await proveAgainByProvider(who, { said: ada, sessionId: mine }, now)).toMatchObject({ ok: true })
    expect(await hasProved(who, mine, now)).toBe(true)
    expect(await proveAgainByProvider(agent, { said: ada, sessionId: theirs }, now)).toMatchObject({
      reason: { key: 'auth.again.other' },
    })
  })
})

test('an invitation binds whoever comes by the provider with it; an identity of another account uses nothing up', async () => {
  const one = await said()
  const link = async (actor: typeof who) => {
    const made = await invite(admin, { id: actor.accountId }, now)
    if (!made.ok) throw new Error(made.reason.key)
    return made.value.token
  }
  const by = (token: string) => followWithProvider({ token, where, said: one, providerToken: 't' }, now)
  expect(await by(await link(who))).toMatchObject({ ok: true, value: { accountId: who.accountId } })
  expect(await signIn(one)).toMatchObject({ ok: true, value: { accountId: who.accountId } })
  const token = await link(people.pref59)
  expect(await by(token)).toMatchObject({ reason: { key: 'auth.provider.taken' } })
  expect(await isOpen(token, now)).toBe(true)
})

describe('the way to the provider', () => {
  const { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, secret: OIDC_CLIENT_SECRET } = settings
  const ADDRESS = `${SITE}/sign-in/provider`
  /** What the browser is to bring back, if it was sent on. */
  async function sent(answer: Response) {
    if (answer.status !== 303) return answer.status
    expect(answer.headers.get('location')).toContain(op.issuer)
    return (await begun({ get: (name) => kept.get(name), set: () => null }, 'provider', new Date()))
      ?.invitation
  }
  const post = (headers: Record<string, string>, form: Record<string, string>) =>
    leave.POST(new Request(ADDRESS, { method: 'POST', headers, body: new URLSearchParams(form) })).then(sent)

  test('follows an invitation from its own page alone, where it was pressed', async () => {
    for (const [name, value] of Object.entries({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }))
      vi.stubEnv(name, value)
    expect(await sent(await leave.GET(new Request(`${ADDRESS}?invitation=mine`)))).toBeNull()
    const host = new URL(SITE).host
    const others: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { host, origin: 'https://evil.example' },
      { host, origin: 'null' },
    ]
    for (const elsewhere of others) expect(await post(elsewhere, { invitation: 'mine' })).toBe(403)
    expect(await post({ 'sec-fetch-site': 'same-origin' }, {})).toBe(400)
    expect(await post({ 'sec-fetch-site': 'same-origin' }, { invitation: 'mine' })).toBe('mine')
  })
})
