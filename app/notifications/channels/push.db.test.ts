import { createRequire } from 'node:module'
import { afterAll, describe, expect, it, vi } from 'vitest'
import webpush from 'web-push'
import { machine } from '#app/_auth/actor.ts'
import { freePort } from '#db/embedded.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { dropBrowser, keepBrowser, subscriptionInput, tryBrowsers } from '../commands/browsers.ts'
import { sendDue } from '../commands/send.ts'
import type { ChannelOutside } from '../port.ts'
import { PUSH_TTL_S, pushChannel } from './push.ts'

const keys = webpush.generateVAPIDKeys()
vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('PUSH_PRIVATE_KEY', keys.privateKey)

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('outbox')
const T0 = new Date('2026-11-23T02:00:00Z')
const settings = { subject: 'astreinte@operateur.example', publicKey: keys.publicKey, hosts: 'push.example' }
await owner`insert into setting (key, value) values ('channel.push', ${owner.json(settings)})`

// A maker of browsers that is not ours: it takes, opens with the browser's own keys, and forgets when told to.
const load = createRequire(import.meta.url)
const Model = load('web-push-testing/src/PushApiModel.js').PushApiModel
const Server = load('web-push-testing/src/server.js')
const port = await freePort()
const maker = new Server(new Model(), port)
maker.startServer()
afterAll(() => maker._server.close())
const ask = async (path: string, body: object) => {
  const answer = await fetch(`http://localhost:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await answer.json().catch(() => null)) as { data: Record<string, never> } | null
}

/** As it is, but that the maker of this test stands on this machine and speaks plainly. */
const channel: ChannelOutside = {
  ...pushChannel(settings),
  validate: (to) => (to.type === 'browser' ? { ok: true } : { ok: false, key: 'inbox.invalid.no_way' }),
}

describe('a notification', () => {
  it('is opened by the browser it was for, and by none that its maker has forgotten', async () => {
    const made = await ask('/subscribe', { userVisibleOnly: 'true', applicationServerKey: keys.publicKey })
    const browser = made?.data as unknown as {
      endpoint: string
      clientHash: string
      keys: { p256dh: string; auth: string }
    }
    const [row] = await owner`insert into push_subscription (account_id, endpoint, p256dh, auth, created_at)
      values (${people.director.accountId}, ${browser.endpoint}, ${browser.keys.p256dh}, ${browser.keys.auth}, ${T0}) returning id::int`
    const send = async (key: string, toldS = 0) => {
      const told = new Date(T0.getTime() - toldS * 1000)
      await owner`insert into outbox (to_type, to_id, account_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at)
        values ('browser', ${row?.id}, ${people.director.accountId}, 'push', 'crisis_activated', '{}', ${key}, true, 'queued', ${T0}, ${told})`
      await sendDue(clock, T0, [channel])
      return (await owner`select state, last_error as error from outbox where dedupe_key = ${key}`)[0]
    }
    const asked = vi.spyOn(globalThis, 'fetch')
    // Until the same hour, however late it is tried; and long enough for a browser that is just coming back.
    for (const toldS of [0, PUSH_TTL_S / 2, 2 * PUSH_TTL_S])
      expect(await send(`one ${toldS}`, toldS)).toEqual({ state: 'sent', error: null })
    const requests = asked.mock.calls.flatMap(([url, one]) => (String(url) === browser.endpoint ? [one] : []))
    expect(requests.map((one) => one?.headers)).toMatchObject(
      [PUSH_TTL_S, PUSH_TTL_S / 2, 60].map((TTL) => ({ TTL, Urgency: 'high' })),
    )
    const [request] = requests
    expect(request).toMatchObject({ redirect: 'error', signal: expect.any(AbortSignal) })
    asked.mockRestore()
    const shown = await ask('/get-notifications', { clientHash: browser.clientHash })
    const { messages } = (shown as unknown as { data: { messages: string[] } }).data
    expect(JSON.parse(String(messages[0]))).toMatchObject({
      title: 'Permanence',
      body: 'La cellule de crise est activée',
      to: '/cell',
    })
    await ask(`/expire-subscription/${browser.clientHash}`, {})
    expect(await send('two')).toEqual({ state: 'failed', error: 'push: gone' })
    expect(await owner`select 1 from push_subscription where id = ${row?.id}`).toEqual([])
  })
})

describe('a browser that asks', () => {
  const subscription = { endpoint: 'https://push.example/x', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }

  it('is kept for whoever is signed in on it last; the newest ten of a person', async () => {
    for (let n = 0; n < 12; n += 1)
      await keepBrowser(
        people.lead,
        { ...subscription, endpoint: `https://push.example/${n}` },
        new Date(T0.getTime() + n),
      )
    const of = (who: { accountId: number }) =>
      owner`select endpoint from push_subscription where account_id = ${who.accountId}`
    expect(await of(people.lead)).toHaveLength(10)
    await keepBrowser(people.agent, { ...subscription, endpoint: 'https://push.example/11' }, T0)
    expect([(await of(people.lead)).length, (await of(people.agent)).length]).toEqual([9, 1])
    expect(await tryBrowsers(people.agent, {}, T0)).toMatchObject({ value: { sent: 1 } })
    // Of somebody else it is not dropped; of oneself it is, once and again.
    const endpoint = 'https://push.example/11'
    await dropBrowser(people.lead, { endpoint })
    expect(await of(people.agent)).toHaveLength(1)
    for (let times = 0; times < 2; times += 1)
      expect(await dropBrowser(people.agent, { endpoint })).toMatchObject({ ok: true })
    expect(await of(people.agent)).toEqual([])
  })

  it.each([
    ['at a private address', { endpoint: 'https://10.0.0.8/x' }],
    ['at a host nobody allowed', { endpoint: 'https://elsewhere.example/x' }],
    ['in clear', { endpoint: 'http://push.example/x' }],
  ])('%s is refused', async (_, change) => {
    expect(await keepBrowser(people.admin, { ...subscription, ...change }, T0)).toMatchObject({ ok: false })
    expect(await owner`select 1 from push_subscription where account_id = ${people.admin.accountId}`).toEqual(
      [],
    )
  })

  it.each([
    [{ ...subscription, p256dh: 'short' }],
    [{ ...subscription, auth: '!' }],
    [{ ...subscription, endpoint: 'nowhere' }],
  ])('with keys that are none: refused before', (given) => {
    expect(subscriptionInput.safeParse(given).success).toBe(false)
  })
})
