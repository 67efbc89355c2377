import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportCase } from '../commands/report.ts'
import { reportInput } from '../input.ts'
import { readFilters } from './filters.ts'
import { PAGE_ROWS, readRows } from './query.ts'
import { readPlace } from './row.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const MANY = 2 * PAGE_ROWS + 3
const from = Date.parse('2026-11-23T08:00:00Z')
const now = new Date(from + 3_600_000)

beforeAll(async () => {
  for (let n = 0; n < MANY; n++) {
    const input = reportInput.parse({
      submissionId: randomUUID(),
      numbers: [n % 2 === 0 ? '15' : '17'],
      symptom: 'NO_RING',
      symptomWords: n === 0 ? 'grésillement sur la ligne' : 'coupé net',
      territoryCode: '59',
    })
    // Some in the same instant: the number decides between them.
    const answer = await reportCase(people.samu59, input, new Date(from + Math.floor(n / 3) * 1000))
    if (!answer.ok) throw new Error(answer.reason.key)
  }
})

/** Every page of a search, from the first to the last. */
async function walk(actor: typeof people.agent, asked: Record<string, string>): Promise<string[][]> {
  const pages: string[][] = []
  let after: ReturnType<typeof readPlace> = null
  do {
    const { rows, next } = await readRows(actor, [], readFilters(asked), after, now)
    pages.push(rows.map((row) => row.reference))
    after = readPlace(next)
  } while (after && pages.length < 10)
  return pages
}

test('words found in many cases: page by page, newest first, none twice, none left out', async () => {
  const pages = await walk(people.agent, { q: 'coupé' })
  const found = pages.flat()
  expect(pages.map((page) => page.length)).toEqual([PAGE_ROWS, PAGE_ROWS, 2])
  expect(new Set(found).size).toBe(MANY - 1)
  expect(found).toEqual([...found].sort().reverse())
})

test('words beside a filter: the same cases, those of the filter alone', async () => {
  const found = (await walk(people.agent, { q: 'coupé', number: '17' })).flat()
  expect(new Set(found).size).toBe(found.length)
  expect(found).toHaveLength(Math.floor(MANY / 2))
})

test.each([
  ['a moment before the claim ends', 1, 'Agathe Essai'],
  ['when it ends', 0, null],
])('who holds a case is read by the clock given: %s', async (_, ms, holder) => {
  const until = new Date(now.getTime() + ms)
  const [first] =
    await owner`update cases set claimed_by_id = ${people.agent.accountId}, claimed_until = ${until}
    where id = (select min(id) from cases) returning reference`
  const { rows } = await readRows(people.agent, [], readFilters({ q: 'gresillement' }), null, now)
  expect(rows).toMatchObject([{ reference: first?.reference, holder }])
})

test('words of one case, and of none', async () => {
  expect((await walk(people.agent, { q: 'gresillement' })).flat()).toHaveLength(1)
  expect((await walk(people.agent, { q: 'introuvable' })).flat()).toEqual([])
})
