import { describe, expect, test, vi } from 'vitest'
import { broke, OWN_READING, patientFetch } from './patience.ts'

const PAGE = '0:["$","p",null,{}]\n'
const BROKEN = '0:["$","p",null,{}]\n1a:E{"digest":"1937"}\n'
const page = (body = PAGE) => new Response(body, { headers: { 'content-type': 'text/x-component' } })
const reading = { headers: { rsc: '1' } }

function stage(...given: (Response | Error | { resting: () => void })[]) {
  const answers = given.filter((one) => one instanceof Response || one instanceof Error)
  const resting = given.find((one) => 'resting' in one)?.resting
  const fetch = vi.fn(async (_input: unknown, _init?: RequestInit) => {
    const next = answers.shift()
    if (!next || next instanceof Error) throw next ?? new Error('asked once too often')
    return next
  })
  const told: (number | null)[] = []
  const rests: number[] = []
  const patient = patientFetch({
    fetch: fetch as unknown as typeof globalThis.fetch,
    tell: (since) => told.push(since),
    clock: () => 7,
    rest: async (ms) => {
      rests.push(ms)
      resting?.()
    },
  })
  return { patient, fetch, told, rests }
}

test('a reading that succeeds says nothing, and is what the server said', async () => {
  const { patient, told } = stage(page())
  expect(await (await patient('/cases', reading)).text()).toBe(PAGE)
  expect(told).toEqual([])
})

describe('a reading that fails is tried again, and what is shown stays', () => {
  test.each([
    ['the line is cut', new TypeError('Failed to fetch')],
    ['a proxy says 502', new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['the database is away', new Response('', { status: 503 })],
    ['too many at once', new Response('', { status: 429 })],
    ['a part of the page broke on the server', page(BROKEN)],
  ])('%s', async (_, failure) => {
    const { patient, told, rests, fetch } = stage(failure, failure, page())
    expect(await (await patient('/cases', reading)).text()).toBe(PAGE)
    expect(told).toEqual([7, 7, null])
    expect(rests).toEqual([500, 1000])
    expect(fetch).toHaveBeenCalledTimes(3)
  })
})

test('a list that a page reads by its own way is asked for again, never the page', async () => {
  const { patient, told, fetch } = stage(new Response('', { status: 503 }), Response.json({ lines: [] }))
  expect(await (await patient('/api/queue', { headers: OWN_READING })).json()).toEqual({ lines: [] })
  expect(told).toEqual([7, null])
  expect(fetch.mock.calls.map(([address]) => address)).toEqual(['/api/queue', '/api/queue'])
})

test('the rest between two attempts grows to four seconds and no further', async () => {
  const cut = Array.from({ length: 6 }, () => new TypeError('Failed to fetch'))
  const { patient, rests } = stage(...cut, page())
  await patient('/cases', reading)
  expect(rests).toEqual([500, 1000, 2000, 4000, 4000, 4000])
})

describe('what is not a reading goes through once, whatever comes of it', () => {
  test.each([
    ['an action', { method: 'POST', headers: { rsc: '1', 'next-action': 'x' } }],
    ['what is fetched ahead', { headers: { rsc: '1', 'next-router-prefetch': '1' } }],
    ['anything else', undefined],
  ])('%s', async (_, init) => {
    const { patient, fetch } = stage(new TypeError('Failed to fetch'))
    await expect(patient('/cases', init as RequestInit)).rejects.toThrow('Failed to fetch')
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

test('a reading that is given up is not tried again', async () => {
  const given = new AbortController()
  const { patient, fetch } = stage(new TypeError('Failed to fetch'))
  given.abort()
  await expect(patient('/cases', { ...reading, signal: given.signal })).rejects.toThrow()
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('one that is given up after failing leaves it to the next to say that the page is read again', async () => {
  const given = new AbortController()
  const cut = () => new TypeError('Failed to fetch')
  const { patient, told } = stage({ resting: () => given.abort() }, cut(), cut(), page())
  await expect(patient('/api/queue', { headers: OWN_READING, signal: given.signal })).rejects.toThrow()
  expect(told).toEqual([7])
  await patient('/cases', reading)
  expect(told).toEqual([7, null])
})

test.each([
  ['a page', PAGE, false],
  ['a part that failed', BROKEN, true],
  ['led elsewhere', '1a:E{"digest":"NEXT_REDIRECT;replace;/sign-in;307;"}\n', false],
  ['not found', '2:E{"digest":"NEXT_HTTP_ERROR_FALLBACK;404"}\n', false],
  [
    'a text that looks like one, inside a row',
    '0:["$","p",null,{"children":"1a:E{\\"digest\\":\\"1\\"}"}]\n',
    false,
  ],
])('%s', (_, body, expected) => {
  expect(broke(body)).toBe(expected)
})
