import { describe, expect, it } from 'vitest'
import { CELL_SAYINGS, gridOf, PROOF_FRESH_MIN, type Proof, type Reported, TESTS_COUNT_MIN } from './grid.ts'

const MINUTE = 60_000
const T0 = Date.parse('2026-11-23T10:00:00Z')
const ago = (minutes: number) => T0 - minutes * MINUTE

const report = (given: Partial<Reported> = {}): Reported => ({
  territory: '59',
  number: '15',
  cases: 1,
  restored: 0,
  level: 2,
  since: ago(20),
  nextAt: T0 + 10 * MINUTE,
  stillFailing: false,
  cause: null,
  fallback: null,
  ...given,
})
const proof = (passed: number, tried: number, given: Partial<Proof> = {}): Proof => ({
  territory: '59',
  number: '15',
  passed,
  tried,
  at: ago(5),
  by: 'report',
  ...given,
})
const probe = (passed: number, tried: number, minutes: number) =>
  proof(passed, tried, { by: 'probe', at: ago(minutes) })

describe('one cell', () => {
  it.each([
    ['a report, nobody tried', [report()], [], 'reported'],
    ['no call passes', [report()], [proof(0, 5)], 'lost'],
    ['some pass', [report()], [proof(3, 5)], 'partly'],
    ['one that failed and two that passed are partly', [report()], [proof(0, 1), proof(2, 2)], 'partly'],
    ['every call passes and a person says it fails: the person', [report()], [proof(5, 5)], 'contradicted'],
    ['probes are green and a person says it fails: the person', [report()], [probe(9, 9, 1)], 'contradicted'],
    [
      'tests at the end of their time still count',
      [report()],
      [proof(0, 5, { at: ago(TESTS_COUNT_MIN) })],
      'lost',
    ],
    ['older ones no longer', [report()], [proof(0, 5, { at: ago(TESTS_COUNT_MIN) - 1 })], 'reported'],
    [
      'tests of a later hour than now do not count yet',
      [report()],
      [proof(0, 5, { at: T0 + 1 })],
      'reported',
    ],
    ['all restored, to be confirmed', [report({ cases: 2, restored: 2 })], [], 'restored'],
    ['one of two restored', [report({ cases: 2, restored: 1 })], [], 'reported'],
    [
      'restored, and its reporter says still failing',
      [report({ restored: 1, stillFailing: true })],
      [],
      'reported',
    ],
    ['no report, a probe fails', [], [probe(2, 3, 1)], 'unproved'],
    ['no report, the last proof too old', [], [probe(3, 3, PROOF_FRESH_MIN + 1)], 'stale'],
    ['no report, what people tried: nothing to say', [], [proof(0, 5)], null],
    ['no report, all proved: no row', [], [probe(3, 3, PROOF_FRESH_MIN)], null],
  ] as [string, Reported[], Proof[], string | null][])('%s', (_, reports, proofs, says) => {
    const rows = gridOf(reports, proofs, T0)
    expect(rows[0]?.cells['15']?.says ?? null).toBe(says)
  })

  it('says how many, since when, what is promised, the cause, what stands in', () => {
    const given = report({ cases: 3, level: 3, nextAt: ago(1), cause: 'routing_table', fallback: 'failing' })
    const rows = gridOf([given], [proof(1, 4), proof(1, 2)], T0)
    expect(rows[0]?.cells['15']).toEqual({
      says: 'partly',
      level: 3,
      cases: 3,
      passed: 2,
      tried: 6,
      since: ago(20),
      nextAt: ago(1),
      late: true,
      stillFailing: false,
      cause: 'routing_table',
      fallback: 'failing',
      proofAgeMin: null,
    })
  })

  it('tells the age of the newest proof beside a report', () => {
    const rows = gridOf([report()], [probe(3, 3, 40), probe(2, 3, 7)], T0)
    expect(rows[0]?.cells['15']?.proofAgeMin).toBe(7)
  })

  it('a promise of this very moment is not late', () => {
    const rows = gridOf([report({ nextAt: T0 })], [], T0)
    expect(rows[0]?.cells['15']?.late).toBe(false)
  })
})

describe('the order', () => {
  const at = (territory: string, given: Partial<Reported> = {}) => report({ territory, ...given })
  it.each([
    ['the graver first', [at('01'), at('02', { level: 3 })], [], ['02', '01']],
    [
      'still failing before an N4',
      [at('01', { level: 4 }), at('02', { stillFailing: true })],
      [],
      ['02', '01'],
    ],
    ['restored last', [at('01', { level: 4, restored: 1 }), at('02', { level: 1 })], [], ['02', '01']],
    [
      'of one level, the one that no call reaches',
      [at('01'), at('02')],
      [proof(1, 2, { territory: '01' }), proof(0, 2, { territory: '02' })],
      ['02', '01'],
    ],
    ['of the same, the one with more cases', [at('01'), at('02', { cases: 2 })], [], ['02', '01']],
    ['more numbers touched before fewer', [at('01'), at('02'), at('02', { number: '17' })], [], ['02', '01']],
    ['else by its code', [at('2A'), at('01'), at('976')], [], ['01', '2A', '976']],
    [
      'a report before a probe that fails',
      [at('02', { level: 1 })],
      [proof(0, 3, { territory: '01', by: 'probe' })],
      ['02', '01'],
    ],
  ] as [string, Reported[], Proof[], string[]][])('%s', (_, reports, proofs, order) => {
    expect(gridOf(reports, proofs, T0).map((row) => row.territory)).toEqual(order)
  })

  it('has a word for each saying', () => {
    expect(new Set(CELL_SAYINGS).size).toBe(8)
  })
})
