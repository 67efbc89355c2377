import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { ownerKey } from '#app/_auth/actor.ts'
import { expiryOf, LIFETIME } from '#app/_auth/rules/lifetime.ts'
import { formLimit, KEPT_LIMIT } from '#app/_doors/body-limits.ts'
import { MOST_FIELDS } from '#app/_doors/form-data.ts'
import { ticketOf } from '#app/_offline/second-ticket.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { asked } from '#scripts/testing/request.ts'
import { POST } from './route.ts'

vi.mock('next/headers', () => import('#scripts/testing/request.ts'))
vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
vi.stubEnv('AUTH_SECRET', 'a secret of the tests, of more than thirty-two characters')
vi.stubEnv('PERMANENCE_BUDGET_FACTOR', '1000')

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const HOUR = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms)
const { idleMs, longestMs } = LIFETIME.reporter

const ANSWERS = [
  ['submissionId', randomUUID()],
  ['numbers[]', '15'],
  ['symptom', 'NO_RING'],
  ['territoryCode', '59'],
  ['callbackPhone', '03 99 00 11 22'],
]

async function sent(entries: string[][], session: { began?: Date; seen?: Date; revoked?: Date | null } = {}) {
  const id = randomUUID()
  const { began = ago(HOUR), seen = ago(HOUR), revoked = null } = session
  await owner`insert into session (id, account_id, created_at, last_seen_at, expires_at, revoked_at)
    values (${id}, ${people.samu59.accountId}, ${began}, ${seen}, ${expiryOf('reporter', began, seen)}, ${revoked})`
  asked.set('authorization', `Ticket ${await ticketOf(id)}`)
  const body = JSON.stringify({
    id: randomUUID(),
    owner: ownerKey(people.samu59),
    writtenAt: ago(60_000).toISOString(),
    entries,
  })
  const headers = { 'content-type': 'application/json' }
  const answer = await POST(
    new Request('http://here.invalid/api/kept-reports', { method: 'POST', body, headers }),
  )
  return { status: answer.status, said: await answer.json() }
}

beforeEach(() => asked.delete('authorization'))

test.each([
  ['of the night before', { began: ago(longestMs - HOUR) }, 200],
  ['that ended by its age', { began: ago(longestMs + 1) }, 401],
  ['that ended for want of a sign of life', { began: ago(idleMs + HOUR), seen: ago(idleMs + 1) }, 401],
  ['that was revoked', { revoked: ago(1_000) }, 401],
])('A ticket, however long it is good, opens as long as its session: one %s', async (_, session, status) => {
  const answer = await sent(ANSWERS, session)
  expect(answer.status).toBe(status)
  // What the worker of a browser knows our doors by (public/service-worker.js).
  expect(answer.said).toMatchObject(
    status === 200 ? { reference: expect.any(String) } : { code: String(status) },
  )
})

const { bytes } = formLimit('/cases/new', true)
const blank = (fields: number) =>
  Array.from({ length: fields - ANSWERS.length }, (_, at) => [`blank${at}`, ''])
test.each([
  ['as many fields as a form may have', blank(MOST_FIELDS), 200],
  ['more fields than that', blank(MOST_FIELDS + 1), 422],
  ['as many bytes, each written as two', [['note', '\n'.repeat(bytes - 2_000)]], 200],
  ['twice as many and more', [['note', 'a'.repeat(KEPT_LIMIT.bytes)]], 413],
  [
    'words all of commas',
    [
      ['details', ','.repeat(4_000)],
      ['told', ':'.repeat(4_000)],
    ],
    200,
  ],
])('What a form could send itself is taken later too: %s', async (_, more, status) => {
  expect(await sent([...ANSWERS, ...more])).toMatchObject({ status })
})

test('Words too long for their field are said to be, by its name', async () => {
  const { said } = await sent([...ANSWERS, ['details', 'a'.repeat(25_000)]])
  expect(Object.keys(said.fields)).toEqual(['details'])
})
