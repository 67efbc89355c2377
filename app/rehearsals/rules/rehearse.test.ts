import { describe, expect, it, test } from 'vitest'
import { Learner } from '#app/incidents/rules/learning.ts'
import { watchLimits } from '#app/incidents/rules/thresholds.ts'
import { FAILURES, failureAt } from './failures.ts'
import { rehearseFile } from './file.ts'
import { ordinaryLife } from './life.ts'
import { otherLife } from './life-otherwise.ts'
import { type Line, readLife } from './line.ts'
import { play, saidOf } from './play.ts'
import { rehearse } from './rehearse.ts'
import { delaysOf } from './score.ts'

const DAY = 24 * 3_600_000
const FROM = Date.parse('2025-01-06T00:00:00+01:00')
const limits = watchLimits()
/** A year is what a desk learns from; of a quarter alone it is less sure, and asks more often for its first months. */
const asked = { days: 90, seeds: 1, level: 'low', historyDays: 365, limits } as const

describe('a rehearsal', () => {
  test.each(['services', 'places'] as const)(
    'three months of ordinary life (%s): few are woken for nothing',
    (life) => {
      const figures = rehearse({ ...asked, failure: 'national-11-16h-keen', life })
      expect(figures.falseProposalsPerYear).toBe(0)
      const ordinary = rehearse({ ...asked, failure: '', life, seeds: 3 })
      expect(ordinary.falseProposalsPerYear).toBeLessThanOrEqual(12)
      expect(figures.failures[0]?.proposed.median).toBeLessThanOrEqual(12)
      expect(figures.failures[0]?.proposed.missed).toBe(0)
      // the trade-off: rarer thresholds ask less and never find more
      expect(figures.tradeOff.filter((one) => one.inForce).map((one) => one.years)).toEqual([
        limits.proposeYears,
      ])
      const falling = ordinary.tradeOff.map((one) => one.falsePerYear)
      expect(falling).toEqual([...falling].sort((a, b) => b - a))
      expect(falling[0]).toBeGreaterThan(falling.at(-1) ?? 0)
      const missed = figures.tradeOff.map((one) => one.failures['national-11-16h-keen']?.missed ?? 0)
      expect(missed).toEqual([...missed].sort((a, b) => a - b))
    },
    120_000,
  )

  it('the same seed gives the same figures', () => {
    const once = () => rehearse({ ...asked, days: 30, failure: 'overseas', life: 'services' })
    expect(once()).toEqual(once())
    const other = rehearse({ ...asked, days: 30, failure: 'overseas', life: 'services', firstSeed: 40 })
    expect(other.failures).not.toEqual(once().failures)
  })
})

describe('two lives that do not resemble each other', () => {
  const [one, other] = [ordinaryLife, otherLife].map((live) =>
    live({ seed: 3, from: FROM, days: 60, perDay: 30 }),
  ) as [Line[], Line[]]
  it('bring about what was asked for', () => {
    for (const lines of [one, other]) {
      expect(lines.length / 60).toBeGreaterThan(20)
      expect(lines.length / 60).toBeLessThan(45)
      expect(lines.map((line) => line.at)).toEqual(lines.map((line) => line.at).sort((a, b) => a - b))
    }
  })
  it('differ in who speaks and what is said', () => {
    const kinds = (lines: Line[]) => new Set(lines.map((line) => line.reporterKind))
    expect([...kinds(other)].filter((kind) => kinds(one).has(kind)).length).toBeLessThanOrEqual(2)
  })
})

it('what a report truly belongs to changes no proposal', () => {
  const failure = FAILURES[0] as (typeof FAILURES)[number]
  const lines = [
    ...ordinaryLife({ seed: 5, from: FROM, days: 4, perDay: 30 }),
    ...failureAt(failure, FROM + 2 * DAY, 9),
  ].sort((a, b) => a.at - b.at)
  const episodes = (of: Line[]) => play(saidOf(of), new Learner(7), limits).episodes
  expect(episodes(lines.map((line) => ({ ...line, truth: 'else' })))).toEqual(episodes(lines))
})

describe('a life simulated elsewhere', () => {
  const line = (more: object) =>
    JSON.stringify({
      at: '2026-01-05T10:00:00+01:00',
      organisation: 'a',
      reporterKind: 'psap',
      territory: '59',
      numbers: ['15'],
      symptom: 'NO_RING',
      verified: true,
      ...more,
    })
  it('is read with what it does not say, and with words nobody foresaw', () => {
    const read = readLife(
      [
        line({}),
        '',
        line({ symptom: 'KABEL WEG', operator: 'Zeta', territory: 'XX-9', truth: 'one', extra: 1 }),
      ].join('\n'),
    )
    expect(read.ok && read.lines.map((one) => one.territory)).toEqual(['59', 'XX-9'])
  })
  test.each<[string, object, Partial<Line>]>([
    [
      'an offset without a colon',
      { at: '2026-01-05T10:00:00+0400' },
      { at: Date.parse('2026-01-05T06:00:00Z') },
    ],
    [
      'an offset of a half hour',
      { at: '2026-01-05T10:00-09:30' },
      { at: Date.parse('2026-01-05T19:30:00Z') },
    ],
    ['no offset: UTC', { at: '2026-01-05T10:00:00' }, { at: Date.parse('2026-01-05T10:00:00Z') }],
    [
      'codes without quotes',
      { territory: 59, numbers: [15, 112] },
      { territory: '59', numbers: ['15', '112'] },
    ],
    ['one number alone', { numbers: 15 }, { numbers: ['15'] }],
    ['neither number nor symptom', { numbers: null, symptom: null }, { numbers: [], symptom: 'UNKNOWN' }],
    ['no kind of reporter', { reporterKind: undefined }, { reporterKind: 'other' }],
    ['yes in words', { ordinaryCallsWork: 'yes', relay: 'no' }, { ordinaryCallsWork: true, relay: false }],
    ['not asked, in words', { ordinaryCallsWork: 'unknown' }, { ordinaryCallsWork: null }],
  ])('%s', (_, said, expected) => {
    const read = readLife(`\uFEFF${line(said)}\r\n`)
    expect(read.ok ? read.lines : read.problems).toMatchObject([expected])
  })
  it('is put in its order, whatever the order of the file', () => {
    const at = ['12', '10', '11'].map((hour) => line({ at: `2026-01-05T${hour}:00:00Z` }))
    const read = readLife(at.join('\n'))
    expect(read.ok && read.lines.map((one) => new Date(one.at).getUTCHours())).toEqual([10, 11, 12])
  })
  it('history in another order, or of other years, teaches the same', () => {
    const past = ordinaryLife({ seed: 8, from: FROM - 60 * DAY, days: 60, perDay: 8 })
    const life = ordinaryLife({ seed: 9, from: FROM, days: 30, perDay: 8 })
    const text = past.map((one) => JSON.stringify({ ...one, at: new Date(one.at).toISOString() }))
    const [forward, backward] = [text, text.toReversed()].map((lines) => {
      const read = readLife(lines.join('\n'))
      return rehearseFile(life, read.ok ? read.lines : [], limits)
    })
    expect(backward).toEqual(forward)
    // a whole number of weeks later it ends before the life all the same
    const later = past.map((one) => ({ ...one, at: one.at + 520 * 7 * DAY }))
    expect(rehearseFile(life, later, limits).reportsPerDay).toBe(forward?.reportsPerDay)
  })
  it('that is empty proposes nothing', () => {
    expect(rehearseFile([], [], limits)).toMatchObject({ falseProposalsPerYear: 0, failures: [] })
  })
  test.each([
    ['no instant', line({ at: 'yesterday' }), 'line 1: at'],
    ['not JSON', '{', 'line 1'],
    ['no verdict on the reporter', line({ verified: undefined }), 'line 1: verified'],
  ])('%s', (_, text, problem) => {
    const read = readLife(text)
    expect(read.ok ? '' : read.problems[0]).toContain(problem)
  })
  it('is scored by its truth, family by family', () => {
    const life = ordinaryLife({ seed: 6, from: FROM, days: 40, perDay: 8 })
    const keen = FAILURES[0] as (typeof FAILURES)[number]
    const told = [10, 20, 30].flatMap((day, index) =>
      failureAt(keen, FROM + day * DAY, day).map((one) => ({ ...one, truth: `keen#${index + 1}` })),
    )
    const figures = rehearseFile(
      [...life, ...told].sort((a, b) => a.at - b.at),
      [],
      limits,
    )
    expect(figures.failures.map((one) => [one.name, one.proposed.of, one.proposed.missed])).toEqual([
      ['keen', 3, 0],
    ])
  })
})

test.each([
  [[3, 1, null, 2], { median: 2, ninety: null, missed: 1, of: 4 }],
  [[], { median: null, ninety: null, missed: 0, of: 0 }],
  [[5, 5, 5, 5, 5, 5, 5, 5, 9, 30], { median: 5, ninety: 9, missed: 0, of: 10 }],
])('delays of %j', (minutes, delays) => {
  expect(delaysOf(minutes)).toEqual(delays)
})
