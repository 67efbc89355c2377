import { describe, expect, it } from 'vitest'
import { keepUpload } from '#app/directory/commands/import.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { good } from '#scripts/testing/good.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { at, makeSites } from '#scripts/testing/sites.ts'
import { readSites } from '../queries.ts'
import { CALENDAR_COLUMNS } from '../rules/calendar.ts'
import { importCalendar, tryCalendar } from './import-calendar.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { agent, lead } = people
const { tours: other } = await makeSites(owner, people)

describe('the calendar of copper', () => {
  const bring = async (actor: typeof agent, ...lines: string[]) => {
    const bytes = new TextEncoder().encode([CALENDAR_COLUMNS.join(';'), ...lines].join('\n'))
    return keepUpload(actor, { fileName: 'calendrier.csv', bytes }, at(0), 'copper')
  }
  it('an agent brings none; with one wrong line nothing enters; what is confirmed is what was shown', async () => {
    expect(await bring(agent, '59350;L1;;2027-03-31;prévue')).toMatchObject({ ok: false })
    const bad = await good(bring(lead, '59350;L1;;2027-03-31;prévue', '99999;L1;;2027-03-31;prévue'))
    const tried = await good(tryCalendar(lead, bad.id))
    expect(tried.faults).toMatchObject([{ line: 3, key: 'migration.calendar.fault.commune' }])
    expect(await importCalendar(lead, { id: bad.id, shown: tried.shown }, at(0))).toMatchObject({
      reason: { key: 'migration.calendar.has_faults' },
    })
    expect(await owner`select from copper_closure`).toHaveLength(0)
    expect(await tryCalendar(people.director, bad.id)).toMatchObject({ ok: false })

    const first = await good(bring(lead, '37261;L1;;2027-03-31;prévue'))
    const second = await good(bring(lead, '37261;L1;;2027-06-30;prévue', '59350;L1;;2027-03-31;annoncée'))
    const stale = await good(tryCalendar(lead, second.id))
    expect(
      await good(
        importCalendar(lead, { id: first.id, shown: (await good(tryCalendar(lead, first.id))).shown }, at(0)),
      ),
    ).toMatchObject({ made: 1 })
    expect(await importCalendar(lead, { id: second.id, shown: stale.shown }, at(0))).toMatchObject({
      reason: { key: 'migration.calendar.changed' },
    })
    const { shown } = await good(tryCalendar(lead, second.id))
    expect(await good(importCalendar(lead, { id: second.id, shown }, at(0)))).toEqual({
      made: 1,
      changed: 1,
      same: 0,
      gone: 0,
    })
    expect(await importCalendar(lead, { id: second.id, shown }, at(0))).toMatchObject({
      reason: { key: 'migration.calendar.gone' },
    })
    expect((await readSites(agent, at(0))).find(({ id }) => id === other)).toMatchObject({
      technicalOn: '2027-06-30',
      risks: ['no_plan'],
    })
  })
})
