import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { alreadyMade, correlate, type OwnTest, type Proposal, reopenedAt } from './correlation.ts'
import { fact, T0, VITAL } from './fact.fixture.ts'
import { MINUTE, type ReportFact } from './facts.ts'
import { judgeAll } from './qualification.ts'
import { correlationValues } from './thresholds.ts'

const limits = correlationValues()
const later = T0 + 10_000 * MINUTE
const read = (facts: ReportFact[], now = later, ownTests: OwnTest[] = []) =>
  correlate({ facts, ownTests, vitalNumbers: VITAL, now })
const rules = (proposals: Proposal[]) => proposals.map((one) => `${one.rule}:${one.level}`)
const minuteOf = (proposals: Proposal[], name: string) => {
  const found = proposals.find((one) => `${one.rule}:${one.level}` === name)
  return found ? (found.firedAt - T0) / MINUTE : null
}

describe('R0', () => {
  it('one verified report proposes own tests', () => {
    expect(rules(read([fact(1, 0)]))).toEqual(['R0:check'])
  })
  it('not when ordinary calls fail too', () => {
    expect(read([fact(1, 0, { text: 'Ni fixe ni mobile.' })])).toEqual([])
  })
  test.each([
    [3, 3, null],
    [2, 3, null],
    [1, 3, 4],
    [19, 20, null],
    [18, 20, 4],
    [40, 42, null],
  ])('%i of %i own tests passed', (ok, tried, minute) => {
    const tests = [{ caseId: 1, at: T0 + 4 * MINUTE, passed: ok, tried }]
    expect(minuteOf(read([fact(1, 0)], later, tests), 'R0:N3')).toBe(minute)
  })
  it('counts tests one after the other', () => {
    const tests = [1, 2, 3].map((min) => ({
      caseId: 1,
      at: T0 + min * MINUTE,
      passed: min === 2 ? 1 : 0,
      tried: 1,
    }))
    expect(minuteOf(read([fact(1, 0)], later, tests), 'R0:N3')).toBe(3)
  })
})

describe('R2: same territory', () => {
  const T = limits.sameTerritoryMin
  test.each([
    ['at the limit', [fact(1, 0), fact(2, T)], T],
    ['one minute beyond', [fact(1, 0), fact(2, T + 1)], null],
    ['one organisation twice', [fact(1, 0), fact(2, 5, { organisation: 'org-1' })], null],
    ['two territories', [fact(1, 0), fact(2, 5, { place: '62' })], null],
    ['a centre and its mairie', [fact(1, 0), fact(2, 5, { reporterKind: 'mairie' })], null],
    ['the mairie first', [fact(1, 0, { reporterKind: 'mairie' }), fact(2, 5)], null],
    ['two centres under one cut', [1, 2].map((id) => fact(id, id, { text: 'Le câble est coupé.' })), 2],
    ['the second unverified', [fact(1, 0), fact(2, 5, { verified: false })], null],
  ])('%s', (_, facts, minute) => {
    expect(minuteOf(read(facts), 'R2:N3')).toBe(minute)
  })
})

describe('R3, R3b: three organisations, two territories', () => {
  const T = limits.wideMin
  const third = { place: '62' }
  test.each([
    ['at the limit', [fact(1, 0), fact(2, 9), fact(3, T, third)], T],
    ['one minute beyond', [fact(1, 0), fact(2, 9), fact(3, T + 1, third)], null],
    ['one organisation fewer', [fact(1, 0), fact(3, 9, third)], null],
    ['one territory only', [fact(1, 0), fact(2, 9), fact(3, 10)], null],
    ['one is of another family', [fact(1, 0), fact(2, 9, { symptom: 'NO_CLI' }), fact(3, 10, third)], null],
    [
      'five under one cut and one elsewhere',
      [...[1, 2, 3, 4, 5].map((id) => fact(id, id, { text: 'Fibre coupée.' })), fact(6, 8, third)],
      null,
    ],
    [
      'three cuts in three places at once',
      [1, 2, 3].map((id) => fact(id, id, { place: `0${id}`, text: 'All phones are down.' })),
      3,
    ],
    [
      'an operator that sees the whole country is a voice',
      [fact(1, 0), nation(2, 3, 'third_party_operator'), fact(3, 6, third)],
      6,
    ],
    ['one authority that sees several territories', [nation(1, 7, 'cogic')], 7],
    ['an authority on one département', [fact(1, 0, { reporterKind: 'ars' })], null],
    ['an operator alone, though national', [nation(1, 0, 'third_party_operator')], null],
  ])('%s', (_, facts, minute) => {
    expect(minuteOf(read(facts), 'R3b:crisis')).toBe(minute)
  })

  it('three families in half an hour ask for a look, not for the cell', () => {
    const facts = [
      fact(1, 0),
      fact(2, 9, { symptom: 'NO_CLI', place: '62' }),
      fact(3, 10, { symptom: 'NO_AUDIO', place: '33' }),
    ]
    expect(rules(read(facts)).filter((name) => !name.startsWith('R0'))).toEqual(['R3:check'])
  })

  it('says its figures', () => {
    const mobile = { technology: 'volte' }
    const facts = [
      fact(1, 0, mobile),
      fact(2, 9, mobile),
      fact(3, 17, { ...mobile, place: '62', numbers: ['15'] }),
    ]
    expect(read(facts).find((one) => one.rule === 'R3b')?.reason).toEqual({
      key: 'triggers.proposal.R3b',
      values: {
        ...{ organisations: 3, territories: 2, minutes: 17, family: 'routing', access: 'mobile' },
        ...{ numbers: '15, 18', scope: '*' },
      },
    })
  })
})

describe('R4: one calling operator', () => {
  const T = limits.sameOperatorMin
  const kappa = { callingOperator: 'Kappa' }
  test.each([
    ['at the limit', [fact(1, 0, kappa), fact(2, T, { callingOperator: 'kappa ' })], T],
    ['one minute beyond', [fact(1, 0, kappa), fact(2, T + 1, kappa)], null],
    ['two networks', [fact(1, 0, kappa), fact(2, 9, { callingOperator: 'Lambda' })], null],
    [
      'a reseller named with its network',
      [fact(1, 0, kappa), fact(2, 9, { callingOperator: 'Boost (Kappa)' })],
      9,
    ],
    ['nobody named', [1, 2].map((id) => fact(id, id, { callingOperator: 'MVNO', place: `0${id}` })), null],
    [
      'all of them',
      [1, 2].map((id) => fact(id, id, { callingOperator: '3 opérateurs', place: `0${id}` })),
      null,
    ],
    ['another family', [fact(1, 0, kappa), fact(2, 9, { ...kappa, symptom: 'NO_LOCATION' })], null],
    ['a cut cable', [fact(1, 0, kappa), fact(2, 9, { ...kappa, text: 'Ni fixe ni mobile.' })], null],
  ])('%s', (_, facts, minute) => {
    expect(minuteOf(read(facts), 'R4:crisis')).toBe(minute)
  })
})

describe('N4: six départements', () => {
  const spread = (count: number, every: number) =>
    Array.from({ length: count }, (_, i) => fact(i + 1, i * every, { place: `${10 + i}` }))
  test.each([
    ['five', spread(limits.nationalTerritories - 1, 31), null],
    ['six within', spread(limits.nationalTerritories, 36), 180],
    ['six, a minute slower each', spread(limits.nationalTerritories, 37), null],
  ])('%s', (_, facts, minute) => {
    expect(minuteOf(read(facts), 'N4:crisis')).toBe(minute)
  })
})

it('knows nothing of what comes after now', () => {
  const facts = [fact(1, 0), fact(2, 9), fact(3, 10, { place: '62' })]
  expect(rules(read(facts, T0 + 9 * MINUTE))).not.toContain('R3b:crisis')
})

it('a new qualifying report re-opens what was declined, an old one does not', () => {
  const facts = [fact(1, 0), fact(2, 9), fact(3, 10, { place: '62' }), fact(4, 20, { place: '33' })]
  const crisis = read(facts).find((one) => one.rule === 'R3b') as Proposal
  expect(reopenedAt(crisis, T0 + 15 * MINUTE, facts)).toBe(T0 + 20 * MINUTE)
  expect(reopenedAt(crisis, T0 + 20 * MINUTE, facts)).toBeNull()
})

it('a report verified late moves the instant, and it is still the same proposal', () => {
  const before = read([fact(2, 9), fact(3, 10, { place: '62' }), fact(4, 20, { place: '33' })])
  const after = read([fact(1, 0), fact(2, 9), fact(3, 10, { place: '62' }), fact(4, 20, { place: '33' })])
  const moved = after.find((one) => one.rule === 'R3b') as Proposal
  expect(alreadyMade(moved, before)?.rule).toBe('R3b')
  expect(alreadyMade(moved, [])).toBeNull()
})

function nation(id: number, min: number, reporterKind: string): ReportFact {
  return fact(id, min, { reporterKind, territory: { code: 'FR', kind: 'country', parents: [] } })
}

describe('whatever the reports', () => {
  const report = fc.record({
    min: fc.integer({ min: 0, max: 240 }),
    org: fc.integer({ min: 1, max: 6 }),
    place: fc.constantFrom('07', '33', '59'),
    reporterKind: fc.constantFrom('sdis', 'samu', 'mairie', 'prefecture', 'citizen', 'hospital'),
    symptom: fc.constantFrom('NO_RING', 'INTERMITTENT', 'NO_CLI', 'NONE', 'USER_BUSY'),
    callingOperator: fc.constantFrom(null, 'Kappa', 'Lambda'),
    text: fc.constantFrom('', 'Je relaie.', 'Ni fixe ni mobile.'),
    verified: fc.boolean(),
  })
  type Made = { min: number; org: number; place: string }
  const build = (all: Made[]) =>
    all.map(({ min, org, ...rest }, i) =>
      fact(i + 1, min, { ...rest, organisation: `org-${org}-${rest.place}` }),
    )

  it('the order of arrival changes no verdict and no proposal, simultaneous or not', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), fc.integer(), (all, seed) => {
        const facts = build(all.map((one) => ({ ...one, min: one.min - (one.min % 30) })))
        const shuffled = [...facts].sort((a, b) => ((a.id * 7919 + seed) % 13) - ((b.id * 7919 + seed) % 13))
        const verdicts = (list: ReportFact[]) =>
          judgeAll(list, VITAL).map(({ fact, verdict }) => [fact.id, verdict.why, verdict.relatedId])
        expect(verdicts(shuffled)).toEqual(verdicts(facts))
        expect(read(shuffled)).toEqual(read(facts))
      }),
      { numRuns: 300 },
    )
  })

  it('one more report never delays the first N3 or crisis proposal of a rule', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), report, (all, more) => {
        const before = read(build(all))
        const after = read(build([...all, more]))
        for (const rule of ['R2', 'R3b', 'R4', 'N4']) {
          const first = before.find((one) => one.rule === rule)
          if (!first) continue
          expect(after.find((one) => one.rule === rule)?.firedAt).toBeLessThanOrEqual(first.firedAt)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('the same facts an hour later say the same, and more', () => {
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), fc.integer({ min: 0, max: 240 }), (all, min) => {
        const facts = build(all)
        const early = read(facts, T0 + min * MINUTE).filter((one) => one.level !== 'check')
        const keys = read(facts).map((one) => one.key)
        for (const one of early) expect(keys).toContain(one.key)
      }),
    )
  })
})
