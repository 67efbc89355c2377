import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import { ownerKey } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { answersOf, keptReport } from './kept.ts'
import { sendAnswers } from './send.ts'
import { readInSheet } from './sheet/read-in.ts'

vi.mock('next/headers', () => ({ headers: async () => new Headers() }))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T18:00:00Z')
const MINUTE = 60_000

const kept = (over: Partial<Record<string, unknown>> = {}) => ({
  id: randomUUID(),
  owner: ownerKey(people.samu59),
  writtenAt: new Date(now.getTime() - 90 * MINUTE).toISOString(),
  entries: [
    ['numbers[]', '15'],
    ['symptom', 'NO_RING'],
    ['territoryCode', '59'],
    ['since', '15'],
    ['callbackPhone', '03 99 00 11 22'],
  ],
  ...over,
})

async function sent(one: ReturnType<typeof kept>) {
  const read = answersOf(keptReport.parse(one), now)
  if (!read.ok) return read
  return sendAnswers(people.samu59, read.value.answers, now, read.value)
}

beforeAll(() => expect(people.samu59.organisationId).not.toBeNull())

test('What was written without a network counts from the hour of its writing', async () => {
  const made = await sent(kept())
  expect(made).toMatchObject({ ok: true, value: { again: false } })
  const [row] = await owner<{ since: Date; heard: Date; received: Date }[]>`
    select since_at as since, heard_at as heard, received_at as received from cases order by id desc limit 1`
  expect(row?.since).toEqual(new Date(now.getTime() - 105 * MINUTE))
  expect(row?.heard).toEqual(new Date(now.getTime() - 90 * MINUTE))
  expect(row?.received).toEqual(now)
})

test('Read in from its sheet and sent by its device, in either order: one case', async () => {
  for (const first of ['sheet', 'device']) {
    const one = kept()
    const sheet = () => readInSheet(people.agent, { told: JSON.stringify(one) }, now)
    const ways = first === 'sheet' ? [sheet, () => sent(one)] : [() => sent(one), sheet]
    const answers = []
    for (const way of ways) answers.push(await way())
    expect(answers[0], first).toMatchObject({ ok: true, value: { again: false } })
    const reference = answers[0]?.ok ? answers[0].value.reference : ''
    expect(answers[1], first).toMatchObject({ ok: true, value: { again: true, reference } })
    const [count] = await owner<{ n: number }[]>`
      select count(*)::int as n from cases where submission_id = ${one.id}`
    expect(count?.n).toBe(1)
  }
})

test.each([
  ['no sheet at all', 'bonjour', 'kept.read_in.not_a_sheet'],
  ['a sheet cut short', JSON.stringify(kept()).slice(0, -9), 'kept.read_in.not_a_sheet'],
  ['a code that was not read', '1/3:a\n3/3:c', 'kept.read_in.missing'],
  ['an account nobody knows', JSON.stringify(kept({ owner: '999999' })), 'kept.read_in.unknown'],
  ['a sheet of an exercise', JSON.stringify(kept({ owner: '1:7' })), 'kept.refused.world'],
  [
    'a report of last month',
    JSON.stringify(kept({ writtenAt: '2026-10-20T10:00:00Z' })),
    'kept.refused.too_old',
  ],
  ['a form without its answers', JSON.stringify(kept({ entries: [] })), 'kept.read_in.not_a_sheet'],
])('%s is refused in words beside what was typed, and makes no case', async (_, told, key) => {
  const before = await owner`select count(*) from cases`
  const answer = await readInSheet(people.agent, { told }, now)
  expect(answer).toMatchObject({ ok: false, fields: { told: { key } } })
  expect(await owner`select count(*) from cases`).toEqual(before)
})
