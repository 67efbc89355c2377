import { expect, test } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { type Filters, listCases, MOST_OPEN } from './queries.ts'

const { owner } = await createTestDatabase()
const { samu59, pref59 } = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const all: Filters = { scope: 'territory', standing: null, level: null, number: null }

for (let made = 0; made <= MOST_OPEN; made++) {
  const submissionId = crypto.randomUUID()
  const input = reportInput.parse({ submissionId, numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' })
  const sent = await reportCase(samu59, input, now)
  if (!sent.ok) throw new Error(JSON.stringify(sent))
}
const over = async () => {
  const [one] =
    await owner`update cases set state = 'closed', closed_at = ${now}, next_contact_at = null, ack_due_at = null,
    check_due_at = null, deadline_at = null where id = (select max(id) from cases) returning reference`
  return String(one?.reference)
}

test('an authority reads every open case of its territory, page after page, each once, then those that are over', async () => {
  const read = async (filters: Filters) => {
    const seen: string[] = []
    for (let from: Cursor | null = null, pages = 0; pages < 20; pages++) {
      const { rows, next } = await listCases(pref59, filters, from, now)
      seen.push(...rows.map(({ reference }) => reference))
      if (!next) break
      from = readCursor(writeCursor(next))
      expect(from).toEqual(next)
    }
    return seen
  }
  for (const standing of [null, 'open'] as const) {
    const seen = await read({ ...all, standing })
    expect(seen).toHaveLength(MOST_OPEN + 1)
    expect(new Set(seen).size).toBe(MOST_OPEN + 1)
  }
  const closed = await over()
  expect((await read(all)).at(-1)).toBe(closed)
  expect(await read({ ...all, standing: 'open' })).not.toContain(closed)
})
