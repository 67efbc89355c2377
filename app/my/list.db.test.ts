import { expect, test, vi } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { addressOf, type Filters, readFilters } from './filters.ts'
import { listKey, readMyList } from './list.ts'
import { listCases, MOST_OPEN } from './queries.ts'

vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { samu59, pref59, samu37 } = people
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

const asked = (given: Partial<Filters> = {}) => ({
  filters: { ...all, scope: 'own' as const, ...given },
  after: null,
  now,
})

test('many who ask at once are each given what is theirs, and no other', async () => {
  const [own, stranger, territory, colleague] = await Promise.all([
    readMyList(samu59, 'en', asked()),
    readMyList(samu37, 'en', asked()),
    readMyList(pref59, 'en', asked({ scope: 'territory' })),
    readMyList({ ...samu59, accountId: samu59.accountId + 1_000 }, 'en', asked()),
  ])
  expect(own.lines.length).toBeGreaterThan(20)
  expect(own.numbers).toBeNull()
  expect(stranger.lines).toEqual([])
  expect(colleague).toEqual(own)
  expect(territory.lines).toHaveLength(MOST_OPEN)
  expect(territory.numbers).toMatchObject([{ number: '15' }])
  expect(own.lines[0]).toMatchObject({
    state: { text: 'Received, to be acknowledged' },
    place: 'Nord',
    numbers: '15',
  })
  expect(own.lines[0]?.organisation).toBeUndefined()
  expect(territory.lines[0]?.organisation).toBe('SAMU 59 (essai)')
})

test('what is read after a change holds it, however many were reading before', async () => {
  const before = Array.from({ length: 4 }, () => readMyList(samu59, 'en', asked()))
  const reference = await over()
  const after = await Promise.all(
    Array.from({ length: 4 }, () => readMyList(samu59, 'en', asked({ standing: 'over' }))),
  )
  await Promise.all(before)
  for (const { lines } of after) expect(lines.map((line) => line.reference)).toContain(reference)
})

const place: Cursor = { worst: 100 }
test.each<
  [string, typeof samu59, Partial<Parameters<typeof listKey>[2]> & { locale?: 'en' | 'fr' }, boolean]
>([
  ['a colleague of the same organisation', { ...samu59, accountId: 9_999, name: 'x' }, {}, true],
  ['another organisation', { ...samu59, organisationId: 9_999 }, {}, false],
  ['the same, which sees a territory', { ...samu59, territories: ['59'] }, {}, false],
  ['another role', { ...samu59, role: 'director' }, {}, false],
  ['another world', { ...samu59, exerciseId: 7 }, {}, false],
  ['another language', samu59, { locale: 'fr' }, false],
  ['another filter', samu59, { filters: { ...asked().filters, standing: 'late' } }, false],
  ['another place', samu59, { after: place }, false],
])('%s', (_, who, { locale = 'en', ...other }, shared) => {
  expect(listKey(who, locale, { ...asked(), ...other }) === listKey(samu59, 'en', asked())).toBe(shared)
})

test.each<[Record<string, string | string[]>, boolean, string]>([
  [{}, true, ''],
  [{ scope: 'own' }, true, '?scope=own'],
  [{ scope: 'territory' }, false, ''],
  [{ standing: 'late', level: '3', number: '15' }, true, '?standing=late&level=3&number=15'],
  [{ standing: 'x', level: '9', number: '1;' }, false, ''],
  [{ standing: ['late', 'over'], number: '%00' }, false, ''],
])('an address asks %j (authority: %s)', (address, authority, read) => {
  expect(addressOf(readFilters(address, { authority }), authority)).toBe(read)
})

test.each(['c999999999999999-1', 'c99999999999999-999999999999', 'o0-0', 'w999999'])(
  'from wherever an address says that a page begins: %s',
  async (after) => {
    expect((await listCases(pref59, all, readCursor(after), now)).rows).toBeInstanceOf(Array)
  },
)
