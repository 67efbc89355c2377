import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test, vi } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { claimCase } from '../commands/claim.ts'
import { reportCase } from '../commands/report.ts'
import { reportInput } from '../input.ts'
import { NO_FILTER } from './filters.ts'
import { listKey, readList, searchList } from './list.ts'

vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))
// PostgreSQL's own is of the whole server: tests beside this one commit too (sessions.db.test.ts says when it changes).
const shown = vi.hoisted(() => ({ snapshot: null as string | null }))
vi.mock('#app/_auth/lookup.ts', () => ({ snapshotOf: () => shown.snapshot }))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T = Date.parse('2026-11-23T08:00:00Z')
const asked = (given = {}) => ({
  filters: { ...NO_FILTER, ...given },
  after: null,
  locale: 'fr' as const,
  now: new Date(T),
})
const references: string[] = []

beforeAll(async () => {
  for (const number of ['15', '17', '18']) {
    const input = reportInput.parse({
      submissionId: randomUUID(),
      ...{ numbers: [number], symptom: 'NO_RING', territoryCode: '59' },
    })
    const answer = await reportCase(people.samu59, input, new Date(T - 60_000))
    if (!answer.ok) throw new Error(answer.reason.key)
    references.push(answer.value.reference)
  }
})

test('three who ask at once read one list, each with his own counts and himself as "you"', async () => {
  const [first = ''] = references
  const held = await claimCase(people.agent, { reference: first, version: 1 } as never, new Date(T - 1_000))
  expect(held.ok).toBe(true)
  const [opener, mine, other] = await Promise.all(
    [people.lead, people.agent, people.agent2].map((who) => readList(who, asked())),
  )
  expect(opener?.lines.map(({ reference }) => reference).sort()).toEqual([...references].sort())
  const whoHas = (list: typeof mine) => list?.lines.find(({ reference }) => reference === first)?.who?.name
  expect([whoHas(mine), whoHas(other)]).toEqual(['You', people.agent.name])
  expect([mine?.counts.mine, other?.counts.mine]).toEqual([1, 0])
  // The same as if he had asked alone.
  expect(await searchList(people.agent, asked())).toEqual(mine)
})

test('what is read after a change holds it, however many were reading before', async () => {
  const before = Array.from({ length: 5 }, () => readList(people.agent, asked()))
  const [, second = ''] = references
  await owner`update cases set level = 3, version = version + 1 where reference = ${second}`
  const after = await Promise.all(Array.from({ length: 5 }, () => readList(people.agent2, asked())))
  await Promise.all(before)
  for (const { lines } of after)
    expect(lines.find(({ reference }) => reference === second)).toMatchObject({ level: 3 })
})

test('while nothing is committed the last reading is given again, to each with his own counts; after it a new one', async () => {
  shown.snapshot = 'before it'
  const read = (who: AccountActor, ms: number) => readList(who, { ...asked(), now: new Date(T + ms) })
  const [first, again, others] = [
    await read(people.agent, 0),
    await read(people.agent, 300),
    await read(people.agent2, 600),
  ]
  expect([again.at, others.at]).toEqual([first.at, first.at])
  expect([first, again, others].map(({ counts }) => counts.mine)).toEqual([1, 1, 0])
  const [, , third = ''] = references
  await owner`update cases set level = 3, version = version + 1 where reference = ${third}`
  shown.snapshot = 'after it'
  const after = await read(people.agent2, 900)
  expect(after.at).toBe(new Date(T + 900).toISOString())
  expect(after.lines.find(({ reference }) => reference === third)).toMatchObject({ level: 3 })
  shown.snapshot = null
})

test.each([
  ['another role', people.agent, people.lead, {}, false],
  ['another world', people.agent, { ...people.agent, exerciseId: 7 }, {}, false],
  ['another person, the same list', people.agent, people.agent2, {}, true],
  ['another person, the list of one’s own', people.agent, people.agent2, { mine: true }, false],
])('%s', (_, one, two, filters, shared) => {
  const key = (who: typeof people.agent) => listKey(who, { ...NO_FILTER, ...filters }, null, 'fr')
  expect(key(one) === key(two)).toBe(shared)
})

test('another filter, place or language is another list', () => {
  const place = { rank: 1, level: 2, at: T, id: 3 }
  const keys = [
    listKey(people.agent, NO_FILTER, null, 'fr'),
    listKey(people.agent, NO_FILTER, null, 'en'),
    listKey(people.agent, NO_FILTER, place, 'fr'),
    listKey(people.agent, { ...NO_FILTER, level: 3 }, null, 'fr'),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})
