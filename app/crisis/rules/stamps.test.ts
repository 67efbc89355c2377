import { describe, expect, it, test } from 'vitest'
import { type Run, stampsOf } from './stamps.ts'
import { clockValues } from './thresholds.ts'

const MINUTE = 60_000
const T0 = Date.parse('2026-11-23T22:50:00Z')
const { clockMin, ladderStepMin } = clockValues()
const at = (min: number) => T0 + min * MINUTE
const run = (change: Partial<Run> = {}): Run => ({
  firstReportAt: T0,
  secondSiteAt: at(4),
  proposedAt: at(9),
  decidedAt: null,
  declinedAt: null,
  activatedAt: null,
  activatedBy: null,
  firstNoticeAt: null,
  firstNoticeAckAt: null,
  endedAt: null,
  calls: [],
  ...change,
})
const verdict = (steps: ReturnType<typeof stampsOf>, step: string) =>
  steps.find((one) => one.step === step)?.verdict

describe('delays of a run against what was promised', () => {
  test.each([
    [clockMin, 'kept'],
    [clockMin + 1 / 60, 'late'],
  ])('active after %d minutes: %s', (min, expected) => {
    const steps = stampsOf(run({ activatedAt: at(min), activatedBy: 'person', decidedAt: at(min) }), at(60))
    expect(verdict(steps, 'activated')).toBe(expected)
  })

  test.each([
    [clockMin, 'running'],
    [clockMin + 1, 'late'],
  ])('not yet active at %d minutes: %s', (min, expected) => {
    expect(verdict(stampsOf(run(), at(min)), 'activated')).toBe(expected)
  })

  it('counts an answer from its own call', () => {
    const calls = [{ name: 'A', at: at(10), answeredAt: at(10 + ladderStepMin) }]
    expect(verdict(stampsOf(run({ calls }), at(20)), 'answered')).toBe('kept')
  })

  it('says the steps in the order of the hours, what is awaited last, across midnight', () => {
    const calls = [
      { name: 'A', at: at(9), answeredAt: null },
      { name: 'B', at: at(14), answeredAt: null },
    ]
    const steps = stampsOf(run({ calls, activatedAt: at(25), activatedBy: 'silence' }), at(26))
    expect(steps.map((one) => [one.step, one.delayMin])).toEqual([
      ['first_report', 0],
      ['second_site', 4],
      ['proposed', 9],
      ['called', 9],
      ['called', 14],
      ['activated_silence', 25],
      ['first_notice', null],
      ['first_notice_ack', null],
    ])
  })

  it('a refusal owes nothing more', () => {
    const steps = stampsOf(run({ declinedAt: at(12), decidedAt: at(12), endedAt: at(30) }), at(90))
    expect(steps.map((one) => one.verdict).filter(Boolean)).toEqual([])
  })
})
