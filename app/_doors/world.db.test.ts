import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { hashToken } from '#app/_auth/token.ts'
import { invite } from '#app/admin/commands/sign-in-ways.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { apiDoor } from './api.ts'
import { formAction } from './form.ts'
import { BLANK_FORM } from './form-data.ts'
import { done } from './result.ts'

let actor: AccountActor | null = null
vi.mock('next/cache', () => ({ refresh: () => {} }))
vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
vi.mock('#app/_auth/session.ts', () => ({ getActor: async () => actor, isFreshlyProved: async () => true }))
vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const [row] = await owner`insert into exercise (drill_id, title, state, started_at, attended, file)
  values ('d', 'Exercice', 'running', now(), true, '{"clock": {"t0_local": "2035-06-02T16:45:00Z"}}') returning id::int`
const exerciseId = row?.id as number

const DAY_MS = 86_400_000
const KEY = 'a-key-of-somebody-of-the-cell'
await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
  values (${people.agent.accountId}, ${hashToken(KEY)}, 'essai', '{read,report,update}', now(), now() + interval '1 day')`

/** In which world a door acts, and in which year. */
type Seen = { exerciseId: number | null; year: number }
let seen: Seen | null = null
const look = async (who: AccountActor, _input: unknown, now: Date) => {
  seen = { exerciseId: who.exerciseId, year: now.getUTCFullYear() }
  return done(seen)
}
const REAL: Seen = { exerciseId: null, year: new Date().getUTCFullYear() }
const PLAYED: Seen = { exerciseId, year: 2035 }

beforeEach(() => {
  seen = null
  for (const name of [...asked.keys()]) asked.delete(name)
})

describe('a form sent from inside an exercise', () => {
  test.each([
    ['what one does in a case', { may: 'cases.work' }, PLAYED],
    ['what belongs to no exercise', { may: 'accounts.keep' }, REAL],
    ['what belongs to none, though its capability is for both', { may: 'cases.work', real: true }, REAL],
  ] as const)('%s', async (_, options, expected) => {
    actor = { ...people.admin, exerciseId }
    expect(await formAction(z.object({}), look, options)(BLANK_FORM, new FormData())).toMatchObject({
      ok: true,
    })
    expect(seen).toEqual(expected)
  })

  test('an invitation made there is good for the days it says', async () => {
    actor = { ...people.admin, exerciseId }
    const send = formAction(z.object({}), (who, _, now) => invite(who, { id: people.agent.accountId }, now), {
      may: 'accounts.keep',
    })
    expect(await send(BLANK_FORM, new FormData())).toMatchObject({ ok: true })
    const [made] = await owner`select expires_at as until from invitation`
    expect(made?.until.getTime()).toBeLessThan(Date.now() + 30 * DAY_MS)
  })
})

describe('a key that names an exercise', () => {
  const ask = (door: (request: Request, context: undefined) => Promise<Response>, body: unknown = {}) => {
    asked.set('authorization', `Bearer ${KEY}`)
    asked.set('permanence-exercise', String(exerciseId))
    const headers = { 'content-type': 'application/json' }
    return door(
      new Request('http://h.invalid/', { method: 'POST', body: JSON.stringify(body), headers }),
      undefined,
    )
  }

  test('acts there at a door that says so', async () => {
    const door = apiDoor(z.object({}), look, { may: 'cases.report', scope: 'report', inExercise: true })
    expect([(await ask(door)).status, seen]).toEqual([200, PLAYED])
  })

  test('is refused at any other: no works are announced for real', async () => {
    const door = apiDoor(z.object({}), look, { may: 'cases.report', scope: 'report' })
    const answer = await ask(door)
    expect([answer.status, (await answer.json()).key, seen]).toEqual([403, 'drills.refused.real_door', null])
    const { POST } = await import('#app/api/v1/works/route.ts')
    const line = {
      reference: 'EXERCICE-1',
      title: 'EXERCICE EXERCICE',
      territories: ['59'],
      numbers: ['15'],
      from: new Date().toISOString(),
      to: new Date(Date.now() + DAY_MS).toISOString(),
      operator: 'x',
      wayBack: 'x',
      contact: 'x',
    }
    expect((await ask(POST, { works: [line] })).status).toBe(403)
    expect(await owner`select 1 from works`).toEqual([])
  })
})
