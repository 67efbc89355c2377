import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { unsealSession } from '#app/_auth/cookie.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { forgetKept, KEPT_MS } from './forget-kept.ts'
import { handOver, keep, takeBack } from './kept.ts'

process.env.AUTH_SECRET ??= 'a secret of the tests'
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T03:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const WHERE = { path: '/my/new', form: 'report' }
const kept = { ...WHERE, values: { words: 'plus rien', numbers: ['15', '18'] } }
let id = ''

beforeAll(async () => {
  await owner`delete from session`
})
beforeEach(async () => {
  id = await session(people.agent)
})

async function session({ accountId }: AccountActor): Promise<string> {
  const made = randomUUID()
  await owner`insert into session (id, account_id, created_at, last_seen_at, expires_at, revoked_at)
    values (${made}, ${accountId}, ${now}, ${now}, ${later(KEPT_MS)}, ${now})`
  return made
}

test('given back once, to the same form of the same page', async () => {
  expect(await keep(id, kept, now)).toBe(true)
  expect(await takeBack(id, { ...WHERE, form: 'other' }, now)).toBeNull()
  expect(await takeBack(id, { ...WHERE, path: '/my' }, now)).toBeNull()
  expect(await takeBack(id, WHERE, later(KEPT_MS))).toEqual(kept.values)
  expect(await takeBack(id, WHERE, now)).toBeNull()
})

test('sealed: the database and its copies do not tell what was typed', async () => {
  await keep(id, { ...kept, values: { words: 'rappeler au 0601020304' } }, now)
  const [row] = await owner`select typed::text as typed from kept_form where session_id = ${id}`
  expect(row?.typed).not.toMatch(/0601020304|rappeler|words/)
  expect(await unsealSession(JSON.parse(row?.typed))).toBeNull()
  expect(await takeBack(id, WHERE, now)).toEqual({ words: 'rappeler au 0601020304' })
})

test('not after an hour, and then it is gone', async () => {
  await keep(id, kept, now)
  const other = await session(people.agent)
  await keep(other, kept, later(KEPT_MS + 1))
  await forgetKept(later(KEPT_MS + 1))
  expect(await owner`select session_id as id from kept_form`).toEqual([{ id: other }])
  expect(await takeBack(other, WHERE, later(2 * KEPT_MS + 2))).toBeNull()
})

test('the latest of one session replaces the earlier', async () => {
  await keep(id, kept, now)
  await keep(id, { ...kept, values: { words: 'plus rien du tout' } }, now)
  expect(await takeBack(id, WHERE, now)).toEqual({ words: 'plus rien du tout' })
})

test('follows the same person to the new session; is forgotten when another signs in at the same desk', async () => {
  const again = await session(people.agent)
  await keep(id, kept, now)
  await handOver(id, again)
  expect(await takeBack(id, WHERE, now)).toBeNull()
  const other = await session(people.lead)
  await handOver(again, other)
  expect(await owner`select from kept_form`).toHaveLength(0)
})

test('not what is too large, not for a session nobody had', async () => {
  expect(await keep(id, { ...kept, values: { words: 'x'.repeat(1_100_000) } }, now)).toBe(false)
  expect(await keep(randomUUID(), kept, now)).toBe(false)
  expect(await owner`select from kept_form where session_id = ${id}`).toHaveLength(0)
})
