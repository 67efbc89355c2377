import { expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { type Cursor, readCursor, SIZE, writeCursor } from './keyset.ts'
import { listContacts, listOrganisations, listSites } from './lists.ts'

const { owner } = await createTestDatabase()
const { admin, samu59 } = await makePeople(owner)
const COUNT = SIZE * 2 + 5
await owner`insert into organisation (kind, name, territory_code, search)
  select 'mairie', (array['mairie', 'Mairie', 'Évêché', 'eve'])[1 + n % 4] || ' zibeline ' || n, '59', 'zibeline ' || n
  from generate_series(1, ${COUNT}) n`
await owner`insert into site (organisation_id, name, territory_code, access, numbers)
  select id, 'Site principal', '59', 'rtc', '{15}' from organisation where search like 'zibeline %'`
await owner`insert into contact (organisation_id, name, phone, search)
  select id, 'Camille', '0639980015', 'camille 0639980015 zibeline' from organisation where search like 'zibeline %'`

type List = (cursor: Cursor | null) => Promise<{ rows: { id: number }[]; next: Cursor | null }>
const lists: [string, List][] = [
  ['organisations', (cursor) => listOrganisations(admin, { q: 'zibeline', inactive: false }, cursor)],
  ['contacts', (cursor) => listContacts(admin, { q: '06 39 98 00 15', inactive: false }, cursor)],
  ['sites', (cursor) => listSites(admin, { q: 'zibeline', number: '15', inactive: false }, cursor)],
]

it.each(lists)('%s: page after page, each row once and none left out', async (_, list) => {
  const seen: number[] = []
  let cursor: Cursor | null = null
  do {
    const page = await list(cursor)
    expect(page.rows.length).toBeLessThanOrEqual(SIZE)
    seen.push(...page.rows.map(({ id }) => id))
    // As it travels in the address.
    cursor = page.next && readCursor(writeCursor(page.next))
  } while (cursor)
  expect(seen).toHaveLength(COUNT)
  expect(new Set(seen).size).toBe(COUNT)
})

it('names are in the order a person looks them up: capitals and accents count for nothing', async () => {
  const { rows } = await listOrganisations(admin, { q: 'zibeline', inactive: false }, null)
  expect(rows[0]?.name.startsWith('eve')).toBe(true)
  expect(rows.some(({ name }) => name.startsWith('Évêché'))).toBe(true)
  const { rows: found } = await listOrganisations(admin, { q: 'ZIBELINE 17', inactive: false }, null)
  expect(found.map(({ name }) => name)).toEqual(['Mairie zibeline 17'])
})

it('a centre sees of the directory only what is its own', async () => {
  const { rows } = await listOrganisations(samu59, { q: 'zibeline', inactive: false }, null)
  expect(rows).toEqual([])
})

it('an address that says nonsense begins at the beginning', () => {
  expect(['', 'zut', 'WzEsMl0', undefined].map(readCursor)).toEqual([null, null, null, null])
})

it.each(lists)('%s: from wherever an address says that a page begins', async (_, list) => {
  for (const said of [
    ['a\0b', 1],
    ['🛑'.slice(0, 1), 1],
    ['a', Number.MAX_SAFE_INTEGER],
    ['', -1],
  ]) {
    const cursor = readCursor(Buffer.from(JSON.stringify(said)).toString('base64url'))
    expect((await list(cursor)).rows.length).toBeLessThanOrEqual(SIZE)
  }
})
