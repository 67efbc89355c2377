import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { SCOPES } from '#app/_auth/rules/scopes.ts'
import { hashToken } from '#app/_auth/token.ts'
import { seedDemo } from '#app/_demo/demo.ts'
import { ROLES } from '#db/schema/account.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { MANY_MS } from '#scripts/testing/odd.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reported } from '#scripts/testing/reported.ts'

/**
 * Who comes in by which page and which route, as each role and with each key: tried through the handlers themselves in the world
 * of the demonstration, and compared with doors.txt. A new page, route, role or scope changes that file; so does what a door asks.
 * Read it before you say yes to it: vitest --project db app/_doors/doors -u.
 */
vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')
vi.stubEnv('PERMANENCE_BUDGET_FACTOR', '100000')
vi.stubEnv('PERMANENCE_DATA_DIR', mkdtempSync(join(tmpdir(), 'permanence-doors-')))

let actor: AccountActor | null = null
let stopsInside = false
const asked = new Headers()
class Sent extends Error {}

vi.mock('next/headers', () => ({
  headers: async () => asked,
  cookies: async () => ({ get: () => undefined, has: () => false, set: () => {}, delete: () => {} }),
}))
vi.mock('next/navigation', async (original) => ({
  ...(await original<object>()),
  notFound: () => {
    throw new Sent('404')
  },
  redirect: (to: string) => {
    throw new Sent(to)
  },
}))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
vi.mock('#app/_auth/session.ts', async () => {
  const { may } = await vi.importActual<typeof import('#app/_auth/actor.ts')>('#app/_auth/actor.ts')
  const whoMay = (...any: Capability[]) =>
    actor && any.some((one) => may(actor as AccountActor, one)) ? actor : null
  return {
    actorWho: async (...any: Capability[]) => whoMay(...any),
    requireActor: async (capability: Capability) => {
      if (!actor) throw new Sent('/sign-in')
      if (!whoMay(capability)) throw new Sent('404')
      // Behind it a page reads: of use here where it names a row, which may be hidden from who may see others.
      if (stopsInside) throw new Sent('in')
      return actor
    },
    getActor: async () => actor,
    getRealActor: async () => actor,
    getActorSettingUp: async () => actor,
    isFreshlyProved: async () => true,
    getExercise: async () => null,
    currentSessionId: async () => null,
    requestTime: () => Date.now(),
    requestBegan: () => Date.now(),
  }
})

const { owner } = await createTestDatabase()
await seedDemo(new Date())
const people = await makePeople(owner)
const CALLERS: Record<string, AccountActor | null> = {
  nobody: null,
  reporter: people.samu59,
  authority: people.pref59,
  elsewhere: people.samu13,
  agent: people.agent,
  lead: people.lead,
  director: people.director,
  admin: people.admin,
  wall: people.wall,
}
const KEYS = Object.keys(SCOPES).flatMap((scope) =>
  SCOPES[scope as keyof typeof SCOPES] === 'alone' ? [scope] : [`agent.${scope}`, `reporter.${scope}`],
)
const keyOf = (name: string) => `a-key-of-the-test-for-${name}`

type Params = Record<string, string>
type Door = { what: string; path: string; open: (params: Params) => Promise<string> }

const found = (ending: RegExp) =>
  readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort()
const addressOf = (file: string) =>
  `/${file.replace(/(^|\/)(page\.tsx|route\.tsx?)$/, '').replace(/\([^)]*\)\/?/g, '')}`

/** What was met behind it: `in`, or where one was sent instead. */
async function met(run: () => unknown): Promise<string> {
  try {
    const answer = await run()
    if (!(answer instanceof Response)) return 'in'
    await answer.body?.cancel()
    // Refused for what was said, or that nothing was: by then one is in.
    return answer.status === 401 || answer.status === 403 || answer.status === 404
      ? String(answer.status)
      : 'in'
  } catch (error) {
    if (error instanceof Sent) return error.message.replace(/\?.*/, '')
    throw error
  }
}

async function doors(): Promise<Door[]> {
  const made: Door[] = []
  for (const file of found(/(^|\/)page\.tsx$/)) {
    const { default: page } = (await import(/* @vite-ignore */ `../${file}`)) as {
      default: (props: object) => unknown
    }
    const path = addressOf(file)
    const open = (params: Params) =>
      met(() => page({ params: Promise.resolve(params), searchParams: Promise.resolve({}) }))
    made.push({ what: 'page', path, open })
  }
  for (const file of found(/(^|\/)route\.tsx?$/)) {
    const module = (await import(/* @vite-ignore */ `../${file}`)) as Record<string, unknown>
    const path = addressOf(file)
    for (const [method, handle] of Object.entries(module)) {
      if (typeof handle !== 'function') continue
      const open = (params: Params) =>
        met(() =>
          handle(new Request(`http://here.invalid${filled(path, params)}`, { method, headers: asked }), {
            params: Promise.resolve(params),
          }),
        )
      made.push({ what: method, path, open })
    }
  }
  return made
}

const filled = (path: string, params: Params) =>
  path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'))

/** A row that is there, for each address that names one. */
async function rows(path: string): Promise<Params> {
  const first = async (query: string) => String((await owner.unsafe(`${query} limit 1`))[0]?.is ?? 'none')
  const from = (table: string, column = 'id') =>
    first(`select ${column} as is from ${table} order by id desc`)
  const [, top = '', second = ''] = path.split('/')
  const reference = top === 'incidents' || top === 'reviews' ? await from('incident', 'reference') : mine
  const ids: Record<string, string> = {
    fallbacks: 'fallback',
    instructions: 'instruction',
    sitreps: "notice where state = 'issued'",
    broadcasts: 'broadcast',
    drills: 'exercise',
    teams: 'team',
    routing: 'routing_rule',
    organisations: 'organisation',
    accounts: 'account',
  }
  const table = ids[second] ?? ids[top]
  const [site] = await owner<{ id: number; organisation: number }[]>`
    select id::int, organisation_id::int as organisation from site order by id limit 1`
  const item = path.includes('/sites/') ? site?.id : undefined
  return {
    reference,
    id: item ? String(site?.organisation) : table ? await from(table) : mine,
    item: String(item ?? 'none'),
    site: String(site?.id),
    record: await from('register_record', 'record_id'),
    ...{
      territory: '59',
      number: '15',
      token: 'none',
      key: 'public',
      step: 'options',
      channel: 'sms',
    },
    code: 'none',
    path: 'none',
  }
}

let mine = ''

test(
  'who comes in by which door',
  async () => {
    for (const name of KEYS) {
      const [whose, scope] = name.includes('.') ? name.split('.') : [null, name]
      const account = whose ? CALLERS[whose]?.accountId : people.admin.accountId
      await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
      values (${account ?? 0}, ${hashToken(keyOf(name))}, ${name}, ${[scope ?? '']}, now(), now() + interval '1 day')`
    }
    mine = await reported(people.samu59)

    const lines: string[] = []
    for (const { what, path, open } of await doors()) {
      // A stream would never end: app/api/live/route.test.ts.
      if (path === '/api/live') {
        lines.push(`${what} ${path}: a stream`)
        continue
      }
      const params = await rows(path)
      const [inside, elsewhere, keys]: [string[], string[], string[]] = [[], [], []]
      asked.delete('authorization')
      stopsInside = !/\[|^\/(cases|sitreps)$/.test(path)
      for (const [name, who] of Object.entries(CALLERS)) {
        actor = who
        const seen = await open(params)
        if (seen === 'in') inside.push(name)
        else if (seen.startsWith('/') && !(name === 'nobody' && seen === '/sign-in'))
          // Its number tells the year.
          elsewhere.push(`${name} to ${seen.replace(mine, '[reference]')}`)
      }
      actor = null
      for (const name of what === 'page' ? [] : KEYS) {
        asked.set('authorization', `Bearer ${keyOf(name)}`)
        if ((await open({ ...params, token: keyOf(name) })) === 'in') keys.push(name)
      }
      const everybody = inside.length === Object.keys(CALLERS).length
      const parts = [
        everybody ? 'anybody' : inside.join(' ') || '–',
        !everybody && keys.length > 0 && `keys ${keys.join(' ')}`,
        elsewhere.join(', '),
      ]
      lines.push(`${what} ${path}: ${parts.filter(Boolean).join('; ')}`)
    }
    expect(Object.values(CALLERS).map((who) => who?.role)).toEqual(expect.arrayContaining([...ROLES]))
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('./doors.txt')
  },
  MANY_MS,
)
