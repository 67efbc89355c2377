import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { type ReportDraft, reportInput } from '#app/cases/input.ts'
import { advanceCrisis } from '#app/crisis/commands/advance.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { correlateNow } from './correlate.ts'

const database = await createTestDatabase()
const people = await makePeople(database.owner)
const T0 = new Date('2026-05-04T09:00:00Z')
const minute = (n: number) => new Date(T0.getTime() + n * 60_000)
const rules = machine('rules')

describe('four centres of four départements', () => {
  it('propose the crisis cell, and silence activates it once, five minutes before the end of the clock', async () => {
    await says(people.samu59, '59', minute(0))
    await says(people.samu37, '37', minute(2))
    expect(await database.owner`select 1 from proposal where level = 'crisis'`).toHaveLength(0)
    await says(people.samu69, '69', minute(4))
    const asked = async () =>
      (
        await database.owner`select rule, group_start, fired_at, sure_at, case_ids, reason from proposal where level = 'crisis'`
      )[0]
    expect(await asked()).toMatchObject({
      ...{ rule: 'unusual', group_start: minute(0), fired_at: minute(4), sure_at: null },
      reason: { values: { territories: 3, minutes: 4, known: 'no' } },
    })
    await says(people.samu13, '13', minute(6))
    // the sentence grows with the facts, and now silence may decide
    expect(await asked()).toMatchObject({
      sure_at: minute(6),
      reason: { values: { territories: 4, minutes: 6, sure: 'yes' } },
    })

    await advanceCrisis(machine('clock'), minute(7))
    expect(await advanceCrisis(machine('clock'), new Date(minute(25).getTime() - 1))).toMatchObject({
      activated: false,
    })
    const both = await Promise.all([1, 2, 3].map(() => advanceCrisis(machine('clock'), minute(25))))
    expect(both.filter((one) => one.activated)).toHaveLength(1)
    const [run] = await database.owner`select first_report_at, activated_at, activated_by from crisis`
    expect(run).toMatchObject({
      first_report_at: minute(0),
      activated_at: minute(25),
      activated_by: 'silence',
    })
    expect(await database.owner`select state from cell_state`).toMatchObject([{ state: 'crisis' }])
    // the ladder: every five minutes of silence another call
    expect((await database.owner`select at from call_out order by at`).length).toBeGreaterThanOrEqual(2)
  })

  it('cannot have its clock put back, nor a stamp rewritten', async () => {
    await expect(
      database.owner`update crisis set first_report_at = first_report_at + interval '1 minute'`,
    ).rejects.toThrow(/never starts later/)
    await expect(
      database.owner`update crisis set activated_at = activated_at + interval '1 minute'`,
    ).rejects.toThrow(/written once/)
  })

  it('a flood from one organisation is read in one statement and proposes nothing new', async () => {
    const before = await database.owner`select count(*)::int as n from proposal`
    for (let n = 0; n < 12; n += 1)
      await reportCase(
        people.samu59,
        reportInput.parse({
          submissionId: randomUUID(),
          numbers: ['15'],
          symptom: 'INBOUND_DROP',
          territoryCode: '59',
        }),
        minute(26),
      )
    await correlateNow(rules, minute(26))
    await correlateNow(rules, minute(26))
    expect(await database.owner`select 1 from cases where outcome is null`).toHaveLength(0)
    expect(await database.owner`select count(*)::int as n from proposal`).toEqual(before)
  })
})

describe('an organisation that repeats itself', () => {
  const later = (hours: number) => new Date(T0.getTime() + (48 + hours) * 3_600_000)
  const said = async (at: Date, draft: Partial<ReportDraft>) => {
    const reference = await says(people.samu37, '37', at, draft)
    // What is left to be read in one statement is read the next time.
    await correlateNow(rules, at)
    const [row] = await database.owner`
      select id::int, outcome, qualifies, related_case_id::int as of from cases where reference = ${reference}`
    return row
  }

  it('on a number that is not vital keeps silent on none that is', async () => {
    const first = await said(later(0), { symptom: 'NO_RING', numbers: ['115'] })
    for (const n of [1, 2, 3]) await said(later(n), { symptom: 'NO_RING', numbers: ['115'] })
    expect(await said(later(4), { symptom: 'NO_RING', numbers: ['115'] })).toMatchObject({
      ...{ outcome: 'attached', qualifies: false, of: first?.id },
    })
    expect(await said(later(5), { symptom: 'NO_RING', numbers: ['15'] })).toMatchObject({
      ...{ outcome: 'case', qualifies: true, of: null },
    })
  })

  it('of an exercise, or before anybody has verified it, silences nothing that is real', async () => {
    const drill = { numbers: ['18'], details: 'EXERCICE EXERCICE : le 18 ne répond plus' }
    for (const n of [60, 61, 62, 63, 64])
      expect(await said(later(n), drill)).toMatchObject({ outcome: 'redirected', qualifies: false })
    expect(await said(later(65), { numbers: ['18'] })).toMatchObject({ outcome: 'case', qualifies: true })
  })

  it('unverified, counts from when it is verified', async () => {
    const at = (n: number) => later(90 + n)
    for (const n of [0, 1, 2, 3, 4]) {
      const draft = { numbers: ['17'], symptom: 'NO_RING', territoryCode: '37' }
      const made = await reportCase(
        people.samu37,
        reportInput.parse({ submissionId: randomUUID(), ...draft }),
        at(n),
      )
      await database.owner`update cases set verification = 'unverified' where reference = ${made.ok ? made.value.reference : ''}`
      await correlateNow(rules, at(n))
    }
    const read = () =>
      database.owner`select outcome, qualifies from cases where received_at >= ${at(0)} order by id`
    expect(await read()).toEqual(Array(5).fill({ outcome: 'unverified', qualifies: false }))
    await database.owner`update cases set verification = 'called_back' where id = (select max(id) from cases)`
    await correlateNow(rules, at(5))
    expect((await read()).at(-1)).toEqual({ outcome: 'case', qualifies: true })
  })

  it('is read for a day, also when a case of its own lasts two hours', async () => {
    await database.owner`insert into threshold (key, value, changed_at) values ('sameCaseMin', 120, now())`
    for (const n of [30, 31, 32, 33]) await said(later(n), { symptom: 'FAST_BUSY' })
    expect(await said(later(40), { symptom: 'FAST_BUSY' })).toMatchObject({
      outcome: 'attached',
      qualifies: true,
    })
    await database.owner`delete from threshold`
  })
})
