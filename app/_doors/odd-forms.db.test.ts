import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'use-intl/core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { ROLES } from '#db/schema/account.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { type Asked, askedBy, ODD, REFUSED, UNCLEAN } from '#scripts/testing/odd.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { BLANK_FORM, type FormState } from './form-data.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

/** Who sends; every door asks the session alone. */
let actor: AccountActor | null = null
const recorded: { schema: z.ZodType; door: unknown }[] = []
/** Schemas of the doors that a call came through. */
const entered = new Set<z.ZodType>()

const words = vi.hoisted(() => ({}) as Record<string, Record<string, unknown>>)
vi.mock('next/cache', () => ({ refresh: () => {} }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'next-action': 'a', 'user-agent': 'odd' }),
  cookies: async () => ({ get: () => undefined, has: () => false, set: () => {}, delete: () => {} }),
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw Object.assign(new Error(to), { digest: `NEXT_REDIRECT;${to}` })
  },
}))
vi.mock('next-intl/server', () => ({
  getLocale: async () => 'fr',
  getTranslations: async (asked?: string | { namespace?: string }) =>
    createTranslator({
      locale: 'fr',
      namespace: typeof asked === 'string' ? asked : asked?.namespace,
      messages: words,
      onError: () => {},
    } as never),
}))
vi.mock('#app/_auth/session.ts', async () => {
  const { may } = await vi.importActual<typeof import('#app/_auth/actor.ts')>('#app/_auth/actor.ts')
  return {
    actorWho: async (...any: Capability[]) =>
      actor && any.some((one) => may(actor as AccountActor, one)) ? actor : null,
    getActor: async () => actor,
    getRealActor: async () => actor,
    getActorSettingUp: async () => actor,
    isFreshlyProved: async () => true,
    getExercise: async () => null,
    // Whoever is signed in has a session; none of the table is this one.
    currentSessionId: async () => (actor ? '0b3f6c1e-8f0e-4d0c-9c61-5f2b7a8d9e10' : null),
    requestTime: () => Date.now(),
    requestBegan: () => Date.now(),
  }
})
vi.mock('./form.ts', async (original) => {
  const real = await original<typeof import('./form.ts')>()
  return {
    formAction: (schema: z.ZodType, ...rest: [never, never]) => {
      const inner = real.formAction(schema, ...rest)
      const door: typeof inner = (...said) => {
        entered.add(schema)
        return inner(...said)
      }
      recorded.push({ schema, door })
      return door
    },
  }
})

Object.assign(words, messagesOf('fr'))
const { owner } = await createTestDatabase()
const people = await makePeople(owner)

/** Files whose exports a browser may call. */
function actionFiles(folder = 'app'): string[] {
  return readdirSync(join(process.cwd(), folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return actionFiles(path)
    const isSource = /\.tsx?$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)
    return isSource && /^\s*'use server'/m.test(readFileSync(path, 'utf8')) ? [path] : []
  })
}

/** Doors that are no `formAction`: what each reads, said here. One that is not named fails the test. */
const BARE: Record<string, string[]> = {
  signInAction: ['email', 'passphrase', 'next'],
  signOutAction: [],
  switchLocale: ['locale'],
  switchTheme: ['theme'],
  enterAction: ['id'],
  leaveAction: ['id', 'to'],
  askPassphraseAction: ['email'],
  answerAction: ['code', 'say'],
  secondStepAction: ['proof', 'next'],
  followInvitationAction: ['token'],
}
/** Of those, which answer a page's state as a `formAction` does. */
const WITH_STATE = new Set(['signInAction', 'answerAction', 'secondStepAction'])
/** Those that take something of whoever is nobody: a try is counted, a language is kept. */
const OF_NOBODY = new Set(
  Object.keys(BARE).filter((name) => name === 'signInAction' || !WITH_STATE.has(name)),
)

type Door = {
  name: string
  file: string
  call: (form: FormData) => Promise<FormState | undefined>
  fields: Asked[]
}

const files = actionFiles()
const doors: Door[] = []
for (const file of files) {
  const module = (await import(/* @vite-ignore */ `../../${file}`)) as Record<string, unknown>
  for (const [name, value] of Object.entries(module)) {
    if (typeof value !== 'function') continue
    const bare = BARE[name]
    const own = recorded.find(({ door }) => door === value)
    // A door around a door: called once with nothing, it says which.
    entered.clear()
    if (!bare && !own) await called(value, new FormData())
    const schemas = own ? [own.schema] : [...entered]
    const fields = bare
      ? bare.map((path): Asked => ({ path, kind: 'text', required: true, list: false }))
      : schemas.flatMap((schema) => askedBy(schema))
    if (!bare && schemas.length === 0) throw new Error(`${file}: nobody has said what ${name} reads`)
    doors.push({
      name,
      file,
      fields,
      call: (form) => called(value, form, bare !== undefined && !WITH_STATE.has(name)),
    })
  }
}

async function called(door: unknown, form: FormData, plain = false): Promise<FormState | undefined> {
  try {
    return plain
      ? await (door as (form: FormData) => Promise<never>)(form)
      : await (door as (before: FormState, form: FormData) => Promise<FormState>)(BLANK_FORM, form)
  } catch (error) {
    if (String((error as { digest?: string }).digest).startsWith('NEXT_')) return undefined
    throw error
  }
}

/** What makes the rest of a form fit, so that the odd value is what decides. */
const known: Record<string, string> = {}
const HOUR = 3_600_000
const local = (ahead: number) => new Date(Date.now() + ahead).toISOString().slice(0, 16)

beforeAll(async () => {
  const report = {
    submissionId: crypto.randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
  }
  const reported = await reportCase(people.samu59, reportInput.parse(report), new Date(Date.now() - HOUR))
  if (!reported.ok) throw new Error(reported.reason.key)
  const made = reported.value
  Object.assign(known, {
    reference: made.reference,
    case: made.reference,
    of: made.reference,
    cases: made.reference,
    organisationId: String(people.organisations.samu59),
    accountId: String(people.agent2.accountId),
    assigneeId: String(people.agent2.accountId),
    teamId: String(people.generalTeamId),
    territoryCode: '59',
    numbers: '15',
    symptom: 'NO_RING',
    callbackPhone: '01 99 00 00 59',
    email: 'essai@example.org',
    phone: '01 99 00 00 59',
    submissionId: '',
    toAt: local(9 * HOUR),
    nextContactAt: local(HOUR),
    fromAt: local(HOUR),
    passed: '0',
    tried: '3',
    act: `acknowledge:${made.reference}:1`,
    hotline_phone: '01 99 00 00 00',
    speed: '1',
    rank: '1',
    level: '2',
    communeCodes: '',
    sessionId: crypto.randomUUID(),
    query: 'q=a',
    shown: 'a'.repeat(64),
  })
})

function formOf(fields: Asked[], odd?: { field: Asked; value: string; asList?: boolean }): FormData {
  const form = new FormData()
  for (const field of fields) {
    const name = field.path.split('.').at(-1) ?? ''
    const usual =
      name === 'submissionId'
        ? crypto.randomUUID()
        : (known[name] ??
          (field.kind === 'choice'
            ? field.choice
            : field.kind === 'number'
              ? '1'
              : field.kind === 'date'
                ? local(-HOUR)
                : field.kind === 'text'
                  ? 'Essai des portes'
                  : ''))
    const isOdd = odd?.field === field
    if (!isOdd && (!usual || (!field.required && !(name in known)))) continue
    const list = isOdd && odd.asList !== undefined ? odd.asList : field.list
    const mark = list ? '[]' : field.kind === 'date' ? '@Europe/Paris' : field.kind === 'box' ? '?' : ''
    form.append(`${field.path}${mark}`, isOdd ? odd.value : (usual ?? ''))
  }
  return form
}

/** How many rows there are of everything that doors may write. */
async function rows(): Promise<string> {
  tables ??= (
    await owner<{ t: string }[]>`select relname as t from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`
  ).map(({ t }) => t)
  const counts = tables.map((t) => `select '${t}' as t, count(*) as n from "${t}"`).join(' union all ')
  // Many tables at once are read by several workers, in any order.
  return JSON.stringify(await owner.unsafe(`${counts} order by 1`))
}
let tables: string[] | undefined

/** Who was found to be let in by each door. */
const letIn = new Map<string, AccountActor>()

/** The first of these who may: what the others are told is said once for each. */
async function whoMay({ call, fields }: Door): Promise<AccountActor> {
  for (const one of [people.samu59, people.agent, people.admin]) {
    actor = one
    const state = await call(formOf(fields))
    inWords(state)
    if (state?.reason?.key !== 'auth.forbidden') return one
  }
  throw new Error('nobody may')
}

/** A reason is a sentence for a person: not a key, not what a database says. */
function inWords(state: FormState | undefined): void {
  if (!state || state.ok) return
  const reasons =
    'fields' in state
      ? [state.reason, ...Object.values(state.fields)]
      : [(state as { reason: FormState['reason'] }).reason]
  for (const reason of reasons) {
    if (!reason) continue
    expect(reason.key).not.toBe('forms.failed')
    if ('text' in reason) {
      expect(reason.text, reason.key).toMatch(/\p{L}{3}/u)
      expect(reason.text).not.toMatch(/^\w+(\.\w+)+$/)
    }
    expect(JSON.stringify(reason)).not.toMatch(/select |insert |params|constraint|syntax error/i)
  }
}

test('every file of server actions is found, and every door in it', () => {
  const counted = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^export (?:const \w+Action|async function) /gm),
  ])
  expect(files.length).toBeGreaterThan(18)
  expect(doors.length).toBeGreaterThanOrEqual(counted.length)
  expect(
    doors.filter(
      ({ fields, name }) =>
        fields.length === 0 &&
        ![
          'signOutAction',
          'retryJobsAction',
          'generateHandoverAction',
          'revokeOthersAction',
          'beginTotpAction',
          'removeTotpAction',
          'makeCodesAction',
          'tryBrowsersAction',
        ].includes(name),
    ),
  ).toEqual([])
})

/** Some hundreds of forms are sent by each: a busy machine takes its time. */
const MANY_MS = 180_000

describe('what fits', () => {
  test.each(doors)('$name lets somebody in, and answers in words', async (door) => {
    letIn.set(door.name, await whoMay(door))
  })
})

// Everything there is is counted once before and once after: for each door anew it took most of the time of this file.
describe('what is refused', () => {
  let before = ''
  beforeAll(async () => {
    before = await rows()
  })

  test.each(doors)(
    '$name says so in words',
    async ({ name, call, fields }) => {
      actor = letIn.get(name) ?? null
      expect(actor).not.toBeNull()
      for (const field of fields)
        for (const [what, value] of Object.entries(REFUSED[field.kind])) {
          const state = await call(formOf(fields, { field, value }))
          inWords(state)
          expect(state?.ok ?? true, `${field.path} ${what}: ${value.slice(0, 40)}`).toBe(false)
        }
    },
    MANY_MS,
  )

  test.each(doors.filter(({ name }) => !OF_NOBODY.has(name)))('$name answers nobody', answersNobody)

  test('is not stored', async () => expect(await rows()).toBe(before))
})

test.each(doors.filter(({ name }) => OF_NOBODY.has(name)))(
  '$name is for whoever is nobody yet',
  answersNobody,
)

async function answersNobody({ call, fields }: Door): Promise<void> {
  actor = null
  const state = await call(formOf(fields))
  inWords(state)
  expect(state?.ok ?? false).toBe(false)
}

describe('what is odd', () => {
  test.each(doors)(
    '$name answers in words',
    async ({ name, call, fields }) => {
      actor = letIn.get(name) ?? null
      for (const field of fields.filter(({ kind }) => kind === 'text')) {
        if (!field.list) inWords(await call(formOf(fields, { field, value: 'a', asList: true })))
        for (const value of Object.values(ODD)) inWords(await call(formOf(fields, { field, value })))
      }
    },
    MANY_MS,
  )
})

test('each action is asked by those whom actions.txt says, and by nobody else', async () => {
  const { samu59, agent, lead, director, admin, wall } = people
  const roles = { reporter: samu59, agent, lead, director, admin, wall }
  expect(Object.keys(roles).sort()).toEqual([...ROLES].sort())
  const lines: string[] = []
  for (const { name, file, call } of doors) {
    const asked: string[] = []
    for (const [role, who] of Object.entries(roles)) {
      actor = who
      // Nothing is filled in: whoever may is told what is missing.
      const state = BARE[name] ? undefined : await call(new FormData())
      if (state?.reason?.key !== 'auth.forbidden') asked.push(role)
    }
    lines.push(`${file.replace(/^app\//, '')} ${name}: ${BARE[name] ? 'anybody' : asked.join(' ')}`)
  }
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('actions.txt')
})

test('nothing unclean was stored', async () => {
  const columns = await owner<
    { t: string; c: string }[]
  >`select table_name as t, column_name as c from information_schema.columns
    where table_schema = 'public' and data_type in ('text', 'character varying', 'jsonb', 'ARRAY')`
  expect(columns.length).toBeGreaterThan(80)
  const dirty: string[] = []
  for (const { t, c } of columns) {
    const [found] =
      await owner`select count(*)::int as n from ${owner(t)} where ${owner(c)}::text ~ ${UNCLEAN}`
    if (found?.n > 0) dirty.push(`${t}.${c}`)
  }
  expect(dirty).toEqual([])
  const [asked] = await owner`select count(*)::int as n from journal`
  expect(asked?.n).toBeGreaterThan(20)
})
