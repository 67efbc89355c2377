import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTranslator } from 'use-intl/core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { hashToken } from '#app/_auth/token.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import {
  type Asked,
  askedBy,
  bodyOf,
  inWords,
  MANY_MS,
  ODD,
  REFUSED,
  SHAPES,
  UNCLEAN,
} from '#scripts/testing/odd.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { PLAIN } from '#scripts/testing/plain-routes.ts'
import { reported } from '#scripts/testing/reported.ts'
import { readableAddress } from './address.ts'

process.env.PERMANENCE_DATA_DIR = mkdtempSync(join(tmpdir(), 'permanence-odd-'))
process.env.NEXTAUTH_SECRET = 'a secret of the tests, of more than thirty-two characters'
let actor: AccountActor | null = null
const asked = new Headers()
const recorded: { schema: z.ZodType; door: unknown }[] = []
const words = vi.hoisted(() => ({}) as Record<string, Record<string, unknown>>)

vi.mock('next/headers', () => ({
  headers: async () => asked,
  cookies: async () => ({ get: () => undefined, has: () => false }),
}))
vi.mock('next-intl/server', () => ({
  getLocale: async () => 'fr',
  getTranslations: async (given?: string | { namespace?: string }) =>
    createTranslator({
      locale: 'fr',
      namespace: typeof given === 'string' ? given : given?.namespace,
      messages: words,
      onError: () => {},
    } as never),
}))
vi.mock('#app/_auth/session.ts', async () => {
  const { may } = await vi.importActual<typeof import('#app/_auth/actor.ts')>('#app/_auth/actor.ts')
  return {
    getActor: async () => actor,
    requestTime: () => Date.now(),
    getRealActor: async () => actor,
    actorWho: async (...any: Capability[]) =>
      actor && any.some((one) => may(actor as AccountActor, one)) ? actor : null,
    currentSessionId: async () => null,
    isFreshlyProved: async () => true,
  }
})
vi.mock('./api.ts', async (original) => {
  const real = await original<typeof import('./api.ts')>()
  return {
    ...real,
    apiDoor: (schema: z.ZodType, ...rest: [never, never]) => {
      const door = real.apiDoor(schema, ...rest)
      recorded.push({ schema, door })
      return door
    },
  }
})

Object.assign(words, messagesOf('fr'))
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const TOKENS = { samu: 'a-token-of-some-thirty-characters', agent: 'another-token-of-thirty-characters' }

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response> | Response
type Route = { name: string; method: string; path: string; handle: Handler; schema: z.ZodType | null }

const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => `app/${file}`)
const routes: Route[] = []
for (const file of files) {
  const module = (await import(/* @vite-ignore */ `../../${file}`)) as Record<string, unknown>
  for (const [method, handle] of Object.entries(module)) {
    if (typeof handle !== 'function') continue
    const schema = recorded.find(({ door }) => door === handle)?.schema ?? null
    const path = file.replace(/^app|\/route\.tsx?$|\/\([^)]*\)/g, '')
    routes.push({ name: `${method} ${file}`, method, path, handle: handle as Handler, schema })
  }
}

const params: Record<string, string> = { key: 'nobody' }
beforeAll(async () => {
  for (const [who, token] of [
    [people.samu59, TOKENS.samu],
    [people.agent, TOKENS.agent],
  ] as const)
    await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
      values (${who.accountId}, ${hashToken(token)}, 'essai', '{read,report,update}', now(), now() + interval '1 day')`
  params.id = params.reference = await reported(people.samu59)
  // Of a gateway that nobody set.
  Object.assign(params, { channel: 'sms', token: 'a-token-of-no-gateway-at-all' })
})

async function send({ method, path, handle }: Route, address: string, body?: unknown): Promise<Response> {
  const url = readableAddress(address)
  // The gate has answered: nothing unreadable comes as far as a route.
  if (url === null) return new Response('', { status: 400 })
  const init =
    body === undefined
      ? { method }
      : {
          method,
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }
  expect(path).not.toBe('')
  return handle(new Request(new URL(url, 'http://here.invalid'), init), { params: Promise.resolve(params) })
}

async function cases() {
  const [counted] = await owner<{ cases: number; lines: number; tests: number }[]>`select
    (select count(*)::int from cases) as cases, (select count(*)::int from journal) as lines, (select count(*)::int from case_test) as tests`
  return counted ?? { cases: -1, lines: -1, tests: -1 }
}

test('every route is found, and read by a schema or said here', () => {
  expect(files.length).toBeGreaterThan(10)
  expect(routes.filter(({ name, schema }) => !schema && !(name in PLAIN)).map(({ name }) => name)).toEqual([])
  expect(Object.keys(PLAIN).filter((name) => !routes.some((route) => route.name === name))).toEqual([])
  expect(routes.filter(({ schema }) => schema).length).toBeGreaterThan(3)
})

const speaking = routes.filter(({ schema }) => schema)
describe.each(
  speaking.flatMap((route) =>
    Object.entries({ samu: TOKENS.samu, agent: TOKENS.agent }).map(([who, token]) => ({
      ...route,
      who,
      token,
    })),
  ),
)('$name by $who', (route) => {
  const fields = askedBy(route.schema as z.ZodType)

  test(
    'answers in words, whatever is sent; what is refused is not stored',
    async () => {
      asked.set('authorization', `Bearer ${route.token}`)
      const reads = route.method === 'GET'
      const one = (field: Asked, value: unknown) =>
        reads
          ? send(route, `${route.path}?${field.path}=${encodeURIComponent(String(value).toWellFormed())}`)
          : send(route, route.path, bodyOf(fields, field.path, value))
      const start = await cases()
      for (const field of fields)
        for (const [what, value] of Object.entries(REFUSED[field.kind])) {
          const answer = await one(field, value)
          expect(answer.status, `${field.path} ${what}`).toBeGreaterThanOrEqual(400)
          await inWords(answer, `${field.path} ${what}`)
        }
      expect(await cases()).toEqual(start)
      let made = 0
      for (const field of fields)
        for (const value of [...Object.values(ODD), ...(reads ? [] : SHAPES)]) {
          const answer = await one(field, value)
          if (answer.status === 201) made += 1
          await inWords(answer, `${field.path} ${JSON.stringify(value).slice(0, 60)}`)
        }
      expect((await cases()).cases).toBe(start.cases + made)
      if (!reads)
        for (const body of [
          '',
          '[',
          'null',
          '"a"',
          '[]',
          '1',
          `{"a":${'['.repeat(50)}${']'.repeat(50)}}`,
          '{"__proto__":{}}',
          `{"description":"\\ud800\\u0000"}`,
        ])
          await inWords(await send(route, route.path, body), body)
    },
    MANY_MS,
  )
})

describe.each(routes.filter(({ name }) => PLAIN[name] && !name.includes('/live/')))('$name', (route) => {
  test.each([
    ['nobody', null],
    ['a reporter', people.samu59],
    ['an agent', people.agent],
    ['a lead', people.lead],
    ['an administrator', people.admin],
  ] as const)('answers %s, whatever is asked', async (_, who) => {
    actor = who
    for (const question of ['', ...(PLAIN[route.name] ?? [])])
      for (const value of ['', ...Object.values(ODD), ...Object.values(REFUSED.number)]) {
        const answer = await send(
          route,
          `${route.path}?${question}=${encodeURIComponent(value.toWellFormed())}`,
        )
        expect(
          answer.status === 503 && route.path === '/api/health' ? 200 : answer.status,
          `${question}=${value.slice(0, 30)}`,
        ).toBeLessThan(502)
        expect(await answer.text()).not.toMatch(/select |insert |params|constraint/i)
      }
  })
})

test('nothing unclean was stored', async () => {
  for (const column of ['text', 'data::text'])
    expect(
      await owner.unsafe(`select count(*)::int as n from journal where ${column} ~ '${UNCLEAN}'`),
    ).toMatchObject([{ n: 0 }])
  expect((await owner`select count(*)::int as n from cases`)[0]?.n).toBeGreaterThan(3)
})
