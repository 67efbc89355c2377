import { beforeAll, expect, test, vi } from 'vitest'
import { hashToken } from '#app/_auth/token.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { ofContract, valid } from './contract.fixture.ts'

vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const { find, patch, post, read, remove, said } = await import('./doors.fixture.ts')
const { owner } = await createTestDatabase()
const people = await makePeople(owner)

const ERROR = ofContract('Error')
const [OF_THE_CELL, OF_A_CENTRE] = [
  'a-key-of-the-cell-that-does-all-of-it',
  'a-token-of-some-thirty-characters',
]
let id = ''

beforeAll(async () => {
  for (const [token, who] of [
    [OF_THE_CELL, people.agent],
    [OF_A_CENTRE, people.samu59],
  ] as const)
    await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at) values
      (${who.accountId}, ${hashToken(token)}, 'essai', '{read,report,update}', now(), now() + interval '1 day')`
  asked.set('authorization', `Bearer ${OF_A_CENTRE}`)
  const made = await post(said())
  expect(made.status).toBe(201)
  id = made.body.id
})

const exercise = async (state = 'running') => {
  const [row] = await owner`insert into exercise (drill_id, title, state, started_at, attended, file)
    values ('d', 'Exercice', ${state}, now(), true, '{"clock": {"t0_local": "2026-11-23T08:00:00+01:00"}}') returning id`
  return Number(row?.id)
}
const as = async (bearer: string, world: number | string | null, body: () => Promise<void>) => {
  const mine = asked.get('authorization') as string
  asked.set('authorization', `Bearer ${bearer}`)
  if (world !== null) asked.set('permanence-exercise', String(world))
  try {
    await body()
  } finally {
    asked.set('authorization', mine)
    asked.delete('permanence-exercise')
  }
}

test('only of an exercise: for machines there is none any more, and its journal says so', async () => {
  const world = await exercise()
  await as(OF_THE_CELL, world, async () => {
    const made = await post(said({ externalId: 'EX/1', note: [] }))
    expect([made.status, made.body.id.startsWith('EX-')]).toEqual([201, true])
    const id: string = made.body.id
    const etag = (await read(id)).headers.get('etag') ?? ''
    asked.set('if-match', '"0.0"')
    expect((await remove(id)).status).toBe(412)
    asked.set('if-match', etag)
    expect(await remove(id)).toMatchObject({ status: 204, body: null })
    asked.delete('if-match')
    for (const gone of [await remove(id), await read(id), await patch(id, { note: [{ text: 'x' }] })]) {
      expect(gone.status).toBe(404)
      valid(gone.body, ERROR)
    }
    expect((await find('?limit=20')).body).toEqual([])
    const lines = await owner`select event, data->>'was' as was, actor_name from journal
      where case_id = (select id from cases where reference = ${id}) order by seq`
    expect(lines.at(-1)).toEqual({
      event: 'case.withdrawn',
      was: 'acknowledged',
      actor_name: people.agent.name,
    })
    expect(lines.map((line) => line.event)).toContain('case.reported')
    // Said again, it is a new one: what was taken back is over.
    const again = await post(said({ externalId: 'EX/1', note: [] }))
    expect([again.status, again.body.id === id]).toEqual([201, false])
    expect((await find('?limit=20')).body).toMatchObject([{ id: again.body.id }])
    await owner`delete from ticket_event`
  })
  expect(await owner`select id from cases where exercise_id is null and external_id = 'EX/1'`).toEqual([])
})

test('a real one never is, whoever asks; one that is not there is 404', async () => {
  for (const bearer of [OF_THE_CELL, OF_A_CENTRE])
    await as(bearer, null, async () => {
      const kept = await remove(id)
      expect([kept.status, kept.headers.get('allow')]).toEqual([405, 'GET, PATCH'])
      valid(kept.body, ERROR)
      expect(kept.body.message).toMatch(/\p{L}{3,} /u)
      const none = await remove('2026-999999-0')
      expect(none.status).toBe(404)
      valid(none.body, ERROR)
      expect((await read(id)).status).toBe(200)
    })
  // From within an exercise there are no real ones.
  await as(OF_THE_CELL, await exercise(), async () => expect((await remove(id)).status).toBe(404))
})

test('an exercise that does not run, or may not be entered, is refused, and nothing is done for real', async () => {
  const before = Number((await owner`select count(*) from cases`)[0]?.count)
  for (const [bearer, world] of [
    [OF_THE_CELL, await exercise('stopped')],
    [OF_THE_CELL, 'x'],
    [OF_A_CENTRE, await exercise()],
  ] as const)
    await as(bearer, world, async () => {
      const refused = await post(said())
      expect([refused.status, refused.body.key]).toEqual([403, 'drills.refused.not_entered'])
      valid(refused.body, ERROR)
    })
  expect(Number((await owner`select count(*) from cases`)[0]?.count)).toBe(before)
})
