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
  test.each<[string, Parameters<typeof fact>[2], string[]]>([
    ['ordinary calls pass', { ordinaryCallsWork: true }, ['R0:check']],
    [
      'tests fail from a network that has a name',
      { callingOperator: 'Alpha', tests: { ok: 1, tried: 4, windowMin: 5 } },
      ['R0:check'],
    ],
    ['tests fail, from nowhere in particular', { tests: { ok: 1, tried: 4, windowMin: 5 } }, []],
    ['nobody asked whether ordinary calls pass', {}, []],
    ['they fail too', { text: 'Ni fixe ni mobile.' }, []],
  ])('own tests are proposed when %s', (_, said, proposed) => {
    expect(rules(read([fact(1, 0, said)]))).toEqual(proposed)
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

describe('R3: an authority that sees several territories', () => {
  test.each([
    ['for its whole region', [nation(1, 7, 'cogic')], 7],
    ['on one département', [fact(1, 0, { reporterKind: 'ars' })], null],
    ['an operator that sees the country', [nation(1, 0, 'third_party_operator')], null],
  ])('%s is looked into', (_, facts, minute) => {
    expect(minuteOf(read(facts), 'R3:check')).toBe(minute)
    expect(read(facts).some((one) => one.level !== 'check')).toBe(false)
  })
})

it('knows nothing of what comes after now', () => {
  expect(rules(read([fact(1, 0), fact(2, 9)], T0 + 8 * MINUTE))).not.toContain('R2:N3')
})

it('a new qualifying report re-opens what was declined, an old one does not', () => {
  const facts = [fact(1, 0), fact(2, 9), fact(3, 20)]
  const asked = read(facts).find((one) => one.rule === 'R2') as Proposal
  expect(reopenedAt(asked, T0 + 15 * MINUTE, facts)).toBe(T0 + 20 * MINUTE)
  expect(reopenedAt(asked, T0 + 20 * MINUTE, facts)).toBeNull()
})

it('a report verified late moves the instant, and it is still the same proposal', () => {
  const before = read([fact(2, 9), fact(3, 10), fact(4, 20)])
  const after = read([fact(1, 0), fact(2, 9), fact(3, 10), fact(4, 20)])
  const moved = after.find((one) => one.rule === 'R2') as Proposal
  expect(alreadyMade(moved, before)?.rule).toBe('R2')
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
        for (const rule of ['R2']) {
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
