import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput, restoreInput, testsInput } from '../input.ts'
import { CLOCK_AHEAD_MS } from '../rules/said-hour.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { reportCase } from './report.ts'
import { restoreCase } from './restore.ts'
import { recordTests } from './tests.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-26T10:00:00Z')
const ahead = (ms: number) => new Date(now.getTime() + ms)

const report = (more: object) =>
  reportCase(
    people.samu59,
    reportInput.parse({
      submissionId: crypto.randomUUID(),
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
      ...more,
    }),
    now,
  )

const stored = async (reference: string) => {
  const [row] = await owner`select since_at, restored_at, id from cases where reference = ${reference}`
  const [line] =
    await owner`select data, fact_at from journal where case_id = ${row?.id} order by id desc limit 1`
  const [first] = await owner`select data from journal where case_id = ${row?.id} and event = 'case.reported'`
  const tests = await owner`select at from case_test where case_id = ${row?.id} order by id`
  return { row, line, first, tests: tests.map(({ at }) => at) }
}

describe('a clock ahead of ours', () => {
  test('refuses no report: the earlier hour is kept, what was said stays in the journal', async () => {
    const made = await report({ sinceAt: ahead(30_000), tests: [{ passed: 0, tried: 3, at: ahead(1_000) }] })
    if (!made.ok) throw new Error(made.reason.key)
    const { row, first, tests } = await stored(made.value.reference)
    expect(row?.since_at).toEqual(now)
    expect(tests).toEqual([now])
    expect(first?.data.said).toEqual({
      sinceAt: ahead(30_000).toISOString(),
      'tests.0.at': ahead(1_000).toISOString(),
    })
  })

  test('on time, the journal says nothing of it', async () => {
    const made = await report({ sinceAt: ahead(-60_000) })
    if (!made.ok) throw new Error(made.reason.key)
    const { row, first } = await stored(made.value.reference)
    expect(row?.since_at).toEqual(ahead(-60_000))
    expect(first?.data).not.toHaveProperty('said')
  })

  test('further than clocks go wrong, it is a fault beside its field, and nothing is stored', async () => {
    const late = ahead(CLOCK_AHEAD_MS + 1)
    const [before] = await owner`select count(*)::int as n from cases`
    expect(await report({ sinceAt: late, tests: [{ passed: 0, tried: 3, at: late }] })).toMatchObject({
      ok: false,
      fields: { sinceAt: { key: 'cases.invalid.future' }, 'tests.0.at': { key: 'cases.invalid.future' } },
    })
    expect(await owner`select count(*)::int as n from cases`).toEqual([before])
  })

  test('the same for tests made and for a restoration', async () => {
    const made = await report({})
    if (!made.ok) throw new Error(made.reason.key)
    const { reference } = made.value
    const on = { reference, version: null }
    await acknowledgeCase(people.agent, { ...on, nextContactAt: null }, now)
    const tests = [{ passed: 1, tried: 1, at: ahead(2_000) }]
    const recorded = (hour: Date) =>
      recordTests(people.agent, testsInput.parse({ ...on, tests, factAt: hour }), now)
    expect(await recorded(ahead(CLOCK_AHEAD_MS + 1))).toMatchObject({ ok: false, fields: { factAt: {} } })
    expect(await recorded(ahead(3_000))).toMatchObject({ ok: true })
    expect(await stored(reference)).toMatchObject({
      line: { fact_at: now, data: { said: { factAt: ahead(3_000).toISOString() } } },
      tests: [now],
    })
    const restore = (hour: Date) =>
      restoreCase(
        people.agent,
        restoreInput.parse({ ...on, text: 'Rétabli', restoredAt: hour, nextContactAt: ahead(600_000) }),
        now,
      )
    expect(await restore(ahead(CLOCK_AHEAD_MS + 1))).toMatchObject({
      ok: false,
      reason: { key: 'cases.refused.restored_when' },
    })
    expect(await restore(ahead(CLOCK_AHEAD_MS))).toMatchObject({ ok: true })
    expect(await stored(reference)).toMatchObject({ row: { restored_at: now } })
  })
})
