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
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { type Asked, askedBy, ODD, REFUSED, UNCLEAN } from '#scripts/testing/odd.ts'
import { makePeople } from '#scripts/testing/people.ts'
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
const TOKENS = {
  samu: 'a-token-of-some-thirty-characters',
  agent: 'another-token-of-thirty-characters',
  telephony: 'a-key-of-a-switchboard-of-thirty',
}

/** Routes that read no body and know their own few questions: what each may be asked. One that is not here fails the test. */
const PLAIN: Record<string, string[]> = {
  'GET app/.well-known/security.txt/route.ts': [],
  'GET app/.well-known/evidence.pem/route.ts': [],
  'GET app/.well-known/webauthn/route.ts': [],
  // Without the address of a second site it says nothing.
  'OPTIONS app/api/kept-reports/route.ts': [],
  // Its door is the common one, behind two headers for the other address: asked in app/cases/new/kept.db.test.ts.
  'POST app/api/kept-reports/route.ts': [],
  // What authorities validated for the public, and what neighbours may read of the register.
  'GET app/status/route.ts': ['lang'],
  'GET app/status/rss.xml/route.ts': ['lang'],
  'GET app/status/status.json/route.ts': ['lang'],
  'GET app/register/export/route.ts': ['format'],
  'GET app/register/schema/route.ts': [],
  'GET app/api/register/[key]/route.ts': [],
  'GET app/cases/[reference]/evidence/route.ts': [],
  'GET app/instructions/[id]/cap/route.ts': [],
  'GET app/migration/calendar/example/route.ts': [],
  'GET app/migration/calendar/[id]/faults/route.ts': [],
  // With a provider set they lead elsewhere: asked in app/sign-in/provider.db.test.ts.
  'GET app/sign-in/provider/route.ts': ['next', 'invitation'],
  'GET app/sign-in/provider/callback/route.ts': ['code', 'state'],
  'GET app/account/data/route.ts': [],
  'GET app/admin/import/example/route.ts': [],
  'GET app/api/accounts/route.ts': ['q'],
  'GET app/api/alarms/route.ts': [],
  'GET app/api/calls/route.ts': [],
  'GET app/api/communes/route.ts': ['q', 'in'],
  'GET app/api/directory/route.ts': ['q'],
  'GET app/api/organisations/route.ts': ['q'],
  'GET app/api/health/route.ts': [],
  'GET app/api/openapi.json/route.ts': [],
  // Asked by nobody here: a stream would never end. Its own test is beside it.
  'GET app/api/live/route.ts': [],
  'HEAD app/api/live/route.ts': [],
  'GET app/api/receipts/[channel]/[token]/route.ts': [],
  'POST app/api/receipts/[channel]/[token]/route.ts': [],
  // A key of probes opens them, and none of those here: each line of a batch is judged in app/supervision/rules/result-line.ts.
  'GET app/api/v1/probes/plan/route.ts': ['probe'],
  'POST app/api/v1/probes/results/route.ts': [],
  // A key of its own too, and nothing is asked of it.
  'GET app/metrics/route.ts': [],
  'POST app/api/v1/probes/counts/route.ts': [],
  'GET app/cases/[reference]/file/[id]/route.ts': [],
  'GET app/sitreps/[id]/pdf/route.ts': [],
  // Its key stands in its address and its body is JSON or a form: asked below.
  'POST app/api/cti/[token]/route.ts': [],
  // What a device signs is read by schemas of its own: asked in app/sign-in/passkeys.db.test.ts.
  'POST app/api/passkey/[step]/route.ts': [],
  'POST app/cases/[reference]/presence/route.ts': [],
  'GET app/cell/outlines/route.ts': [],
  'GET app/inbox/unread/route.ts': [],
  'GET app/reviews/[reference]/journal/route.ts': ['exercise'],
  'POST app/tmf-api/troubleTicket/v4/hub/route.ts': [],
  'DELETE app/tmf-api/troubleTicket/v4/troubleTicket/[id]/route.ts': [],
  // Verbs that are not offered, and addresses where nothing is.
  ...Object.fromEntries(
    [
      ['troubleTicket/v4/troubleTicket/[id]', ['POST', 'PUT']],
      ['troubleTicket/v4/troubleTicket', ['PUT', 'PATCH', 'DELETE']],
      ['[...path]', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
    ].flatMap(([path, verbs]) =>
      [verbs].flat().map((verb) => [`${verb} app/tmf-api/${path}/route.ts`, [] as string[]]),
    ),
  ),
}

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
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    values (${people.admin.accountId}, ${hashToken(TOKENS.telephony)}, 'standard', '{telephony}', now(), now() + interval '1 day')`
  const report = {
    submissionId: crypto.randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
  }
  const made = await reportCase(people.samu59, reportInput.parse(report), new Date())
  if (!made.ok) throw new Error(made.reason.key)
  params.id = params.reference = made.value.reference
  // Of a gateway that nobody set.
  Object.assign(params, { channel: 'sms', token: 'a-token-of-no-gateway-at-all' })
})

const USUAL: Record<string, unknown> = {
  description: 'Essai des portes',
  severity: 'Major',
  ticketType: 'essai',
  symptom: 'NO_RING',
  callbackPhone: '01 99 00 00 59',
}

/** The same name and value, or none: what is asked of an odd body is said of one field at a time. */
function bodyOf(fields: Asked[], path: string, value: unknown): Record<string, unknown> {
  const body: Record<string, unknown> = Object.fromEntries(
    fields.filter(({ path: name }) => name in USUAL).map(({ path: name }) => [name, USUAL[name]]),
  )
  if (fields.some((field) => field.path.startsWith('relatedEntity')))
    body.relatedEntity = [
      { id: '15', role: 'emergencyNumber' },
      { id: '59', role: 'territory' },
    ]
  const [head = '', ...rest] = path.split('.')
  body[head] = rest.reduceRight<unknown>(
    (inner, part) =>
      /^\d+$/.test(part)
        ? [inner]
        : {
            ...(head === 'test' ? { passed: 0, tried: 3 } : { id: '15', role: 'emergencyNumber' }),
            [part]: inner,
          },
    value,
  )
  return body
}

/** What JSON can say where something else was meant. */
const SHAPES: unknown[] = [
  null,
  true,
  1e308,
  -1,
  0.5,
  '',
  [],
  {},
  ['a'],
  [[]],
  { a: { b: { c: {} } } },
  'a'.repeat(10_000),
  { toString: 1, constructor: {} },
]

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

async function inWords(answer: Response, what: string): Promise<void> {
  expect(answer.status, what).toBeLessThan(500)
  const text = await answer.text()
  if (answer.status >= 400 && text) {
    const { message = '', reason = '' } = JSON.parse(text) as { message?: string; reason?: string }
    expect(`${message} ${reason}`, what).toMatch(/\p{L}{3,}[ .]/u)
  }
  if (answer.status >= 400) expect(text, what).not.toMatch(/select |insert |params|constraint/i)
}

async function cases() {
  const [counted] = await owner<{ cases: number; lines: number; tests: number }[]>`select
    (select count(*)::int from cases) as cases, (select count(*)::int from journal) as lines, (select count(*)::int from case_test) as tests`
  return counted ?? { cases: -1, lines: -1, tests: -1 }
}

/** Some hundreds of requests are sent by each: a busy machine takes its time. */
const MANY_MS = 180_000

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

test(
  'the switchboard is answered in words, whatever it sends, as JSON or as a form',
  async () => {
    const route = routes.find(({ name }) => name === 'POST app/api/cti/[token]/route.ts') as Route
    const ask = async (body: BodyInit, type: string | null, token = TOKENS.telephony) =>
      route.handle(
        new Request('http://here.invalid/', {
          method: 'POST',
          body,
          ...(type ? { headers: { 'content-type': type } } : {}),
        }),
        { params: Promise.resolve({ token }) },
      )
    const JSON_TYPE = 'application/json'
    for (const token of ['', 'x', TOKENS.samu, '../'.repeat(20), 'é'.repeat(40)])
      expect((await ask('{}', JSON_TYPE, token)).status).toBe(404)
    const usual = { event: 'newCall', callId: 'odd', from: '0199001234', to: '0199009999', direction: 'in' }
    const names = [
      'event',
      'callId',
      'call_id',
      'from',
      'to',
      'direction',
      'user',
      'queue',
      'cause',
      'startedAt',
      'duration',
    ]
    let taken = 0
    for (const name of names)
      for (const value of [
        ...Object.values(ODD),
        ...Object.values(REFUSED.number),
        ...Object.values(REFUSED.date),
        ...SHAPES,
      ]) {
        const what = `${name} ${JSON.stringify(value).slice(0, 60)}`
        const answer = await ask(JSON.stringify({ ...usual, [name]: value }), JSON_TYPE)
        if (answer.status === 200) taken += 1
        await inWords(answer, what)
        if (typeof value !== 'string') continue
        const form = new FormData()
        for (const [key, said] of Object.entries({ ...usual, [name]: value })) form.append(key, said)
        await inWords(await ask(form, null), what)
        await inWords(await ask(new URLSearchParams({ ...usual, [`${name}[]`]: value }), null), what)
      }
    expect(taken).toBeGreaterThan(20)
    for (const body of ['', '[', 'null', '[]', '1', '{"__proto__":{}}', 'a=1'])
      for (const type of [
        JSON_TYPE,
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
      ])
        await inWords(await ask(body, type), `${type} ${body}`)
    expect(
      await owner.unsafe(
        `select count(*)::int as n from phone_call where concat(call_key, shown, queue, heard) ~ '${UNCLEAN}'`,
      ),
    ).toMatchObject([{ n: 0 }])
  },
  MANY_MS,
)

test('nothing unclean was stored', async () => {
  for (const column of ['text', 'data::text'])
    expect(
      await owner.unsafe(`select count(*)::int as n from journal where ${column} ~ '${UNCLEAN}'`),
    ).toMatchObject([{ n: 0 }])
  expect((await owner`select count(*)::int as n from cases`)[0]?.n).toBeGreaterThan(3)
})
