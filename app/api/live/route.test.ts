import { beforeEach, expect, test, vi } from 'vitest'
import { STREAMS } from '#app/_doors/rules/budgets.ts'
import { makeHub } from '#app/_live/hub.ts'
import { makePlaces } from '#app/_live/places.ts'

const agent = {
  kind: 'account',
  accountId: 1,
  role: 'agent',
  organisationId: null,
  territories: [],
  exerciseId: null,
}
const known = vi.hoisted(() => ({ actor: null as unknown, later: null as unknown }))
const lines = vi.fn(async () => [])
let hub = makeHub(lines)
let places = makePlaces()
const listening = new Set<unknown>()

vi.mock('#app/_auth/session.ts', () => ({
  getActor: async () => known.actor,
  currentSessionId: async () => 's',
}))
vi.mock('#app/_auth/lookup.ts', () => ({
  actorOfSession: async () => known.later,
  inExercise: async (a: unknown) => a,
}))
vi.mock('#app/_live/server.ts', () => ({
  hub: () => hub,
  streams: () => places,
  streamsBySession: () => listening,
}))
vi.mock('#app/_doors/budget.ts', () => ({
  factor: () => 1,
  answerTooMany: async ({ reason }: { reason: { values: { seconds: number } } }) =>
    new Response(null, { status: 429, headers: { 'retry-after': String(reason.values.seconds) } }),
}))

const { GET, HEAD } = await import('./route.ts')

beforeEach(() => {
  known.actor = agent
  known.later = agent
  hub = makeHub(lines)
  places = makePlaces()
})

async function open() {
  const abort = new AbortController()
  const response = await GET(new Request('http://localhost/api/live', { signal: abort.signal }))
  const reader = response.body?.getReader()
  if (!reader) throw new Error('no stream')
  const text = async () => new TextDecoder().decode((await reader.read()).value)
  return { response, reader, text, abort }
}

test('nobody signed in, no stream', async () => {
  known.actor = null
  expect((await GET(new Request('http://localhost/api/live'))).status).toBe(401)
  expect((await HEAD()).status).toBe(401)
})

test('no proxy may keep or change it', async () => {
  const { response, text } = await open()
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
  expect(await text()).toBe('retry: 1000\n\n')
  expect(await text()).toContain('event: ready')
})

test('a session has so many streams, and each that ends leaves its place', async () => {
  const all = []
  for (let n = 0; n < STREAMS.session; n++) all.push(await open())
  const over = await GET(new Request('http://localhost/api/live'))
  expect([over.status, over.headers.get('retry-after')]).toEqual([429, '60'])
  expect(hub.size()).toBe(STREAMS.session)
  all[0]?.abort.abort()
  expect((await open()).response.status).toBe(200)
})

test.each([
  ['the request ends', (stream: Awaited<ReturnType<typeof open>>) => stream.abort.abort()],
  ['the reader leaves', (stream: Awaited<ReturnType<typeof open>>) => stream.reader.cancel()],
])('the hub forgets a stream when %s', async (_, leave) => {
  const stream = await open()
  expect(hub.size()).toBe(1)
  await leave(stream)
  expect(hub.size()).toBe(0)
  hub.beat()
})

test.each([
  ['revoked: told, then closed', null, true],
  ['another role: closed, to connect again', { ...agent, role: 'lead' }, false],
])('%s', async (_, later, bye) => {
  vi.useFakeTimers()
  const { text, reader } = await open()
  await text()
  await text()
  known.later = later
  await vi.advanceTimersByTimeAsync(60_000)
  if (bye) expect(await text()).toContain('event: bye')
  expect((await reader.read()).done).toBe(true)
  expect(hub.size()).toBe(0)
  vi.useRealTimers()
})
