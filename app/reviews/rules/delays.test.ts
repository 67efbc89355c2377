import { describe, expect, it } from 'vitest'
import { delaysOf, type ReviewFacts, TARGETS } from './delays.ts'

const MIN = 60_000
const none: ReviewFacts = { now: 500 * MIN, cases: [], crisis: null, authorities: null, reports: null }
const of = (facts: Partial<ReviewFacts>, key: string) =>
  delaysOf({ ...none, ...facts }).find((one) => one.key === key)
const span = (minutes: number) => ({ from: 0, to: minutes * MIN })

it('measures nothing where nothing was owed', () => expect(delaysOf(none)).toEqual([]))

describe.each([
  ['acknowledge', 2, TARGETS.acknowledge],
  ['acknowledge_minor', 1, TARGETS.acknowledge_minor],
] as const)('%s', (key, level, target) => {
  it.each([
    [target - 0.1, 'met'],
    [target, 'met'],
    [target + 0.1, 'missed'],
  ])('after %s min: %s', (minutes, verdict) => {
    const cases = [{ level, acknowledged: span(minutes), tested: null }]
    expect(of({ cases }, key)).toMatchObject({ verdict, worst: minutes, of: 1 })
  })
})

describe.each(['director', 'authorities', 'crisis_cell'] as const)('%s', (key) => {
  const crisis = (minutes: number | null) => {
    const one = { from: 0, to: minutes === null ? null : minutes * MIN }
    return { director: one, activated: one, authorities: one }
  }
  it.each([
    [TARGETS[key], 500, 'met'],
    [TARGETS[key] + 0.1, 500, 'missed'],
    [null, TARGETS[key], 'running'],
    [null, TARGETS[key] + 1, 'missed'],
  ])('done after %s, now %s: %s', (minutes, now, verdict) => {
    expect(of({ crisis: crisis(minutes), now: now * MIN }, key)?.verdict).toBe(verdict)
  })
})

it('one late of two is missed, and says how many were kept', () => {
  const cases = [3, 9].map((minutes) => ({ level: 3, acknowledged: span(minutes), tested: span(10) }))
  expect(of({ cases }, 'acknowledge')).toMatchObject({ of: 2, met: 1, worst: 9, verdict: 'missed' })
  expect(of({ cases }, 'tests')).toMatchObject({ of: 2, met: 2, verdict: 'met' })
})

describe('the rhythm of the reports', () => {
  it.each([
    ['every 30 minutes', [30, 60, 90], 120, 'met'],
    ['one late', [30, 75], 100, 'missed'],
    ['hourly after two hours', [30, 60, 90, 120, 180], 240, 'met'],
    ['silence after the last one', [30], 90, 'missed'],
  ])('%s', (_, issued, until, verdict) => {
    const reports = { from: 0, issued: issued.map((at) => at * MIN), until: until * MIN }
    expect(of({ reports }, 'rhythm')?.verdict).toBe(verdict)
  })
})
