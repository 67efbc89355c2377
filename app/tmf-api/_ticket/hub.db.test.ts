import { createHmac } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { hashToken } from '#app/_auth/token.ts'
import type { Letter } from '#app/_doors/outward.ts'
import { react } from '#app/_jobs/reactions.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { deliverInLanes, listenersTold, type Send } from '../commands/deliver.ts'
import { MOST_LISTENERS } from '../commands/listen.ts'
import { GIVEN_UP_MS } from '../rules/patience.ts'
import { ofContract, valid } from './contract.fixture.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of the tests, of more than thirty-two characters')
vi.stubEnv('PERMANENCE_LISTENER_HOSTS', 'tools.example.org')
vi.stubEnv('NEXTAUTH_URL', 'https://portal.tools.example.org')
vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const hub = await import('../troubleTicket/v4/hub/route.ts')
const one = await import('../troubleTicket/v4/hub/[id]/route.ts')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('listeners')

const TOKEN = { samu59: 'a-key-of-the-centre-of-the-north', samu37: 'a-key-of-the-centre-of-touraine' }
const HERE = 'http://here.invalid/tmf-api/troubleTicket/v4/hub'
async function register(body: object) {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const answer = await hub.POST(new Request(HERE, init), {} as never)
  // The door's clock is the wall's; here it is told by this file's.
  await owner`update ticket_listener set next_at = ${now}`
  return { status: answer.status, body: await answer.json() }
}
const remove = (id: string) =>
  one.DELETE(new Request(`${HERE}/${id}`, { method: 'DELETE' }), { params: Promise.resolve({ id }) })

let now = new Date('2026-11-23T10:00:00Z')
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
type Given = { url: string; id: string; event: { eventType: string; event: { troubleTicket: object } } }
let given: Given[] = []
const takes: Send = async ({ url, body, headers }) => {
  given.push({ url, id: headers['webhook-id'] ?? '', event: JSON.parse(body) })
  return 204
}
const types = () => given.map(({ event }) => event.eventType.replace(/^TroubleTicket|Event$/g, ''))
async function turn(send: Send = takes) {
  await deliverInLanes(clock, () => now, send)
  await listenersTold()
}
/** All that follows from what was written since. */
let read = 0
async function happens() {
  const lines = await owner<{ id: number }[]>`select id::int from journal where id > ${read} order by id`
  read = lines.at(-1)?.id ?? read
  await react(
    machine('reactions'),
    lines.map(({ id }) => id),
    now,
    async () => {},
  )
}
const reports = async (who: AccountActor, territory: string) => {
  await says(who, territory, now)
  await happens()
}
const listeners = () => owner`select failures, last_error as error, next_at as at from ticket_listener`

beforeAll(async () => {
  for (const name of ['samu59', 'samu37'] as const)
    await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
      values (${people[name].accountId}, ${hashToken(TOKEN[name])}, 'essai', '{read,report,update}', ${now}, '2030-01-01')`
})
beforeEach(async () => {
  asked.set('authorization', `Bearer ${TOKEN.samu59}`)
  await owner`delete from ticket_listener`
  await happens()
  given = []
})

describe('who asks to be told', () => {
  test('is answered as the contract says, once and the same however often it asks; and takes it back once', async () => {
    const callback = 'https://tools.example.org/listener?of=tickets'
    const made = await register({ callback, query: 'eventType=TroubleTicketCreateEvent' })
    expect(made.status).toBe(201)
    valid(made.body, ofContract('EventSubscription'))
    expect(made.body.secret).toMatch(/^whsec_[\w+/]{43}=$/)
    expect((await register({ callback, query: 'eventType=TroubleTicketCreateEvent' })).body).toEqual(
      made.body,
    )
    const refused = await remove('nothing')
    expect(refused.status).toBe(404)
    valid(await refused.json(), ofContract('Error'))
    asked.set('authorization', `Bearer ${TOKEN.samu37}`)
    expect((await remove(made.body.id)).status).toBe(404)
    asked.set('authorization', `Bearer ${TOKEN.samu59}`)
    const gone = await remove(made.body.id)
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    expect((await remove(made.body.id)).status).toBe(404)
    const lines =
      await owner`select event, data from journal where event like 'account.listener%' order by id`
    expect(lines.map(({ event, data }) => [event, data.host])).toEqual([
      ['account.listener_added', 'tools.example.org'],
      ['account.listener_removed', 'tools.example.org'],
    ])
  })

  test.each([
    ['a host nobody allowed', { callback: 'https://elsewhere.example.org/' }, 'callback'],
    ['one that only ends like it', { callback: 'https://eviltools.example.org/' }, 'callback'],
    ['without https', { callback: 'http://tools.example.org/' }, 'callback'],
    ['another port', { callback: 'https://tools.example.org:8443/' }, 'callback'],
    ['a user in it', { callback: 'https://tools.example.org@127.0.0.1/' }, 'callback'],
    ['this machine', { callback: 'https://127.0.0.1/' }, 'callback'],
    ['a bare address', { callback: 'https://[::1]/' }, 'callback'],
    ['ourselves: it would never end', { callback: 'https://portal.tools.example.org/tmf-api/' }, 'callback'],
    ['no address', { callback: 'tools' }, 'callback'],
    ['none at all', {}, 'callback'],
    ['an event that is none', { callback: 'https://tools.example.org/', query: 'eventType=Boom' }, 'query'],
    ['an attribute nobody asks by', { callback: 'https://tools.example.org/', query: 'colour=red' }, 'query'],
    [
      'one condition twice',
      { callback: 'https://tools.example.org/', query: 'status=closed&status=held' },
      'query',
    ],
    [
      'nothing that can be seen',
      { callback: 'https://tools.example.org/', query: 'externalId=%00' },
      'query',
    ],
  ])('is refused, in words: %s', async (_, body, field) => {
    const { status, body: told } = await register(body)
    expect([status, Object.keys(told.fields)]).toEqual([400, [field]])
    valid(told, ofContract('Error'))
    expect(await listeners()).toEqual([])
  })

  test('has so many listeners and no more', async () => {
    const ask = (n: number) => register({ callback: `https://tools.example.org/${n}` })
    for (let n = 0; n < MOST_LISTENERS; n++) expect((await ask(n)).status).toBe(201)
    expect((await ask(MOST_LISTENERS)).status).toBe(400)
  })
})

describe('a listener', () => {
  const callback = 'https://tools.example.org/listener'

  test('is told each event in its order, of what its key may read, as the contract says, signed', async () => {
    const { body: mine } = await register({ callback })
    await reports(people.samu37, '37')
    await reports(people.samu59, '59')
    const letters: Letter[] = []
    await turn(async (letter) => {
      letters.push(letter)
      return takes(letter)
    })
    expect(types()).toEqual(['Create'])
    const [letter] = letters as [Letter]
    const event = JSON.parse(letter.body)
    valid(event, ofContract('TroubleTicketCreateEvent'))
    valid(event.event.troubleTicket)
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': mark } = letter.headers
    const key = Buffer.from(mine.secret.slice('whsec_'.length), 'base64')
    expect(mark).toBe(`v1,${createHmac('sha256', key).update(`${id}.${at}.${letter.body}`).digest('base64')}`)
    given = []
    await turn()
    expect(given).toEqual([])
  })

  test('is told only what it asked for', async () => {
    await register({ callback, query: 'eventType=TroubleTicketStatusChangeEvent' })
    await register({ callback: `${callback}/2`, query: 'status=closed' })
    await register({ callback: `${callback}/3`, query: 'status=acknowledged&fields=id,status' })
    await reports(people.samu59, '59')
    await turn()
    expect(given.map(({ url, event }) => [url, Object.keys(event.event.troubleTicket)])).toEqual([
      [`${callback}/3`, ['@type', 'id', 'status']],
    ])
  })

  test('that fails is asked again later, in order; the next hour it is told all of it', async () => {
    await register({ callback })
    await reports(people.samu59, '59')
    await turn(async () => 503)
    expect(await listeners()).toMatchObject([
      { failures: 1, error: 'HTTP 503', at: new Date(now.getTime() + 10_000) },
    ])
    await turn()
    expect(given).toEqual([])
    await reports(people.samu59, '59')
    later(10_000)
    await turn()
    expect(types()[0]).toBe('Create')
    expect(await listeners()).toMatchObject([{ failures: 0, error: null }])
  })

  test('that hangs slows nobody', async () => {
    await register({ callback: `${callback}/hangs` })
    await register({ callback: `${callback}/answers` })
    await reports(people.samu59, '59')
    let free = () => {}
    const hung = new Promise<number>((resolve) => {
      free = () => resolve(204)
    })
    const send: Send = (letter) => (letter.url.endsWith('hangs') ? hung : takes(letter))
    const going = deliverInLanes(clock, () => now, send)
    await expect.poll(() => given.map(({ url }) => url)).toEqual([`${callback}/answers`])
    await going
    await reports(people.samu59, '59')
    later(1_000)
    await deliverInLanes(clock, () => now, send)
    expect(given.every(({ url }) => url === `${callback}/answers`)).toBe(true)
    expect(given.length).toBeGreaterThan(1)
    free()
    await listenersTold()
  })

  test('whose key was revoked hears nothing more, and is gone', async () => {
    await register({ callback })
    await reports(people.samu59, '59')
    await owner`update api_token set revoked_at = ${now} where hash = ${hashToken(TOKEN.samu59)}`
    await turn()
    await owner`update api_token set revoked_at = null where hash = ${hashToken(TOKEN.samu59)}`
    expect([given, [...(await listeners())]]).toEqual([[], []])
  })

  test.each([
    ['says that nobody is there', 410, 0],
    ['has not answered for days', 500, GIVEN_UP_MS],
  ])('that %s is gone, and it is written down', async (_, status, ms) => {
    await register({ callback })
    await reports(people.samu59, '59')
    await turn(async () => (status === 410 ? status : 500))
    if (ms > 0) {
      later(ms)
      await turn(async () => status)
    }
    expect([...(await listeners())]).toEqual([])
    const [line] =
      await owner`select data from journal where event = 'account.listener_ended' order by id desc limit 1`
    expect(line?.data.why).toBe(`HTTP ${status}`)
  })

  test('hears nothing of an exercise', async () => {
    await register({ callback })
    const { tellListeners } = await import('../commands/tell-listeners.ts')
    const [line] = await owner<
      { id: number; caseId: number }[]
    >`select id::int, case_id::int as "caseId" from journal where event = 'case.reported' limit 1`
    await tellListeners(machine('drill', 7), {
      ...line,
      event: 'case.reported',
      visibility: 'public',
    } as never)
    expect([...(await owner`select from ticket_event`)]).toEqual([])
  })
})
