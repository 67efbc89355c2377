import { describe, expect, it } from 'vitest'
import { keepUpload } from '#app/directory/commands/import.ts'
import { readCommunes } from '#db/reference/communes.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { importCalendar, tryCalendar } from './commands/import-calendar.ts'
import { CALENDAR_COLUMNS } from './rules/calendar.ts'

const { owner } = await createTestDatabase()
const { lead } = await makePeople(owner)
const now = new Date('2026-11-26T08:00:00Z')
const codes = readCommunes().map(({ code }) => code)
await owner`insert into commune (code, name, departement_code, postcodes, population, search)
  select code, code, left(code, 2), '{}', 0, code from unnest(${codes}::text[]) as given (code) on conflict do nothing`

/** Made up: a lot and two dates for every commune of France. */
const LINES = codes.map(
  (code, at) => `${code};EXEMPLE-${at % 9};2027-01-31;${2028 + (at % 3)}-01-31;annoncée`,
)
const WRONG = [
  'X1;L;;2028-01-31;prévue',
  '99999;L;;2028-01-31;prévue',
  ';;;;',
  '59350;L;31/02/2027;2028-01-31;prévue',
]
const bring = async (lines: string[]) => {
  const bytes = new TextEncoder().encode([CALENDAR_COLUMNS.join(';'), ...lines].join('\n'))
  const kept = await keepUpload(lead, { fileName: 'calendrier.csv', bytes }, now, 'copper')
  if (!kept.ok) throw new Error(kept.reason.key)
  const tried = await tryCalendar(lead, kept.value.id)
  if (!tried.ok) throw new Error(tried.reason.key)
  return tried.value
}

describe('a calendar of the whole country', () => {
  it('each wrong line is named among the tens of thousands, and nothing has entered', async () => {
    const lines = [...LINES]
    const places = [10, 999, 17_000, 34_900]
    for (const [at, place] of places.entries()) lines[place] = WRONG[at] as string
    const { faults, id, shown } = await bring(lines)
    // A line without anything is none; the others are named by their place in the file.
    expect([...new Set(faults.map(({ line }) => line))]).toEqual([12, 1001, 34_902])
    expect(await importCalendar(lead, { id, shown }, now)).toMatchObject({ ok: false })
    expect(await owner`select from copper_closure`).toHaveLength(0)
  })

  it('whole, it enters whole; and again, it says that nothing changes', async () => {
    const { id, shown, change, faults } = await bring(LINES)
    expect(faults).toEqual([])
    expect(change.made).toBe(codes.length)
    expect(await importCalendar(lead, { id, shown }, now)).toMatchObject({ ok: true })
    expect(await owner`select count(*)::int as n from copper_closure`).toMatchObject([{ n: codes.length }])
    expect((await bring(LINES)).change).toEqual({ made: 0, changed: 0, same: codes.length, gone: 0 })
  })
})
