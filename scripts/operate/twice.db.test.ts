import { expect, test } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import { says } from '../testing/four-centres.ts'
import { makePeople } from '../testing/people.ts'
import { doneTwice } from './twice.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')

const missed = (at: Date) => owner`
  insert into journal (chain, case_id, at, actor_name, actor_side, event, visibility, certainty, data)
  select chain, case_id, ${at}, 'deadlines', 'machine', 'case.ack_missed', 'internal', 'observed', '{}'
  from journal where case_id is not null order by id limit 1`

test('what two workers did twice is found; once is right', async () => {
  await says(people.samu59, '59', now)
  await missed(now)
  const once = await doneTwice(owner)
  expect(once.twice).toEqual([])
  expect(once.checked).toMatchObject({ 'deadlines missed': 1 })
  expect(once.checked.messages).toBeGreaterThanOrEqual(0)

  await missed(new Date(now.getTime() + 1000))
  expect((await doneTwice(owner)).twice).toEqual([expect.stringMatching(/^deadlines missed: .*, 2 times$/)])
})
