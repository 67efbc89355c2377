import { describe, expect, test } from 'vitest'
import { CLOCK_AHEAD_MS, saidHour, saidHours, saidTests } from './said-hour.ts'

const now = new Date('2026-11-26T10:00:00Z')
const ahead = (ms: number) => new Date(now.getTime() + ms)

describe('the hour that is said', () => {
  test.each<[string, Date | null, unknown]>([
    ['none', null, { ok: true, at: null, ahead: false }],
    ['past', ahead(-1), { ok: true, at: ahead(-1), ahead: false }],
    ['now', now, { ok: true, at: now, ahead: false }],
    ['of a clock 30 s ahead', ahead(30_000), { ok: true, at: now, ahead: true }],
    ['of a clock as far ahead as happens', ahead(CLOCK_AHEAD_MS), { ok: true, at: now, ahead: true }],
    ['not yet past', ahead(CLOCK_AHEAD_MS + 1), { ok: false, reason: { key: 'cases.invalid.future' } }],
  ])('%s', (_, said, verdict) => {
    expect(saidHour(said, now)).toEqual(verdict)
  })

  test('several: the earlier is kept, and what was said beside it', () => {
    expect(saidHours({ sinceAt: ahead(30_000), heardAt: null }, now)).toEqual({
      ok: true,
      value: {
        at: { sinceAt: now, heardAt: null },
        said: { said: { sinceAt: ahead(30_000).toISOString() } },
      },
    })
    expect(saidHours({ sinceAt: now }, now)).toEqual({ ok: true, value: { at: { sinceAt: now }, said: {} } })
  })

  test('of tests: one that is not yet past is named by its row', () => {
    const tests = [{ at: null }, { at: ahead(CLOCK_AHEAD_MS * 2) }, { at: ahead(1_000) }]
    expect(saidTests(tests, now)).toMatchObject({
      ok: false,
      fields: { 'tests.1.at': { key: 'cases.invalid.future' } },
    })
    expect(
      saidTests(
        [tests[0], tests[2]].filter((one) => one !== undefined),
        now,
      ),
    ).toEqual({
      ok: true,
      value: {
        tests: [{ at: null }, { at: now }],
        said: { said: { 'tests.1.at': ahead(1_000).toISOString() } },
      },
    })
  })
})
