import { describe, expect, it, test } from 'vitest'
import { INCIDENT_STATES, type IncidentState } from '#db/schema/incidents.ts'
import { fact, T0, VITAL } from './fact.fixture.ts'
import { MINUTE, type ReportFact } from './facts.ts'
import { type AttachedCase, mayBecome, movesFrom } from './lifecycle.ts'
import { afterJoining, episodeHome, type IncidentFacts, incidentOf, membershipOf } from './membership.ts'
import { qualifies } from './qualification.ts'
import { correlationValues } from './thresholds.ts'

const one = (id: number, open: boolean, takenOverBy: number | null = null): AttachedCase => ({
  ...{ id, reference: `ref-${id}`, open, takenOverBy },
})

describe('closing an incident', () => {
  test.each<[string, IncidentState, AttachedCase[], number[], string | true]>([
    ['nothing left', 'residual', [one(1, false)], [], true],
    ['a residual not listed', 'residual', [one(1, true, 7)], [], 'residuals_unlisted'],
    ['listed, nobody took it', 'residual', [one(1, true)], [1], 'residuals_not_taken'],
    ['listed and taken over', 'residual', [one(1, true, 7)], [1], true],
    ['straight from confirmed', 'confirmed', [], [], 'not_from_here'],
  ])('%s', (_, from, cases, listed, expected) => {
    const verdict = mayBecome(from, 'closed', cases, listed)
    expect(verdict.allowed ? true : verdict.key).toBe(
      expected === true ? true : `triggers.incident.${expected}`,
    )
  })
  it('is the end, and every other state has a way on', () => {
    for (const state of INCIDENT_STATES) expect(movesFrom(state).length > 0).toBe(state !== 'closed')
  })
})

describe('which incident', () => {
  const GAP = correlationValues().incidentGapMin
  const incident = (change: Partial<IncidentFacts> = {}): IncidentFacts => ({
    ...{ id: 1, state: 'confirmed', openedAt: T0, lastAt: T0, caseIds: [1], organisations: ['org-1'] },
    ...{ territories: [fact(1, 0).territory], families: ['routing'], ...change },
  })
  const wide = { territories: [fact(1, 0).territory, fact(2, 0, { place: '62' }).territory] }
  const home = (report: ReportFact, incidents: IncidentFacts[]) =>
    membershipOf({ fact: report, verdict: qualifies(report, [fact(1, 0)], VITAL), incidents })

  test.each<[string, ReportFact, Partial<IncidentFacts>, string | null]>([
    ['same territory', fact(2, 5), {}, 'attach'],
    ['same territory at the limit', fact(2, GAP), {}, 'attach'],
    ['same territory beyond', fact(2, GAP + 1), {}, 'candidate'],
    [
      'relapse of one of its closed cases, elsewhere and later',
      fact(2, GAP * 3, { place: '37', relapseOf: 1 }),
      {},
      'attach',
    ],
    ['relapse hours after restored', fact(2, GAP * 3), { state: 'restored' }, 'attach'],
    ['another territory, local incident', fact(2, 5, { place: '33' }), {}, null],
    [
      'another territory, wide incident: offered, not swallowed',
      fact(2, 5, { place: '33' }),
      wide,
      'candidate',
    ],
    ['elsewhere, hours later, while a wide one lasts', fact(2, GAP + 1, { place: '33' }), wide, 'candidate'],
    [
      'elsewhere at the limit, a wide one restored, another family',
      fact(2, GAP, { place: '33', symptom: 'NO_CLI' }),
      { ...wide, state: 'residual' },
      'candidate',
    ],
    [
      'elsewhere, hours after a wide one was restored',
      fact(2, GAP + 1, { place: '33' }),
      { ...wide, state: 'residual' },
      null,
    ],
    [
      'in its territory, another family, hours after it was restored',
      fact(2, GAP * 3, { symptom: 'NO_CLI' }),
      { ...wide, state: 'residual' },
      'candidate',
    ],
    ['another family', fact(2, 5, { symptom: 'NO_CLI' }), {}, 'candidate'],
    ['its fallback fails', fact(2, 5, { symptom: 'FALLBACK_FAIL' }), {}, 'attach'],
    ['the incident is closed', fact(2, 5), { state: 'closed' }, null],
    ['a mairie that repeats', fact(2, 5, { reporterKind: 'mairie' }), {}, 'attach'],
    ['all clear of its reporter', fact(2, 5, { symptom: 'NONE', organisation: 'org-1' }), {}, 'attach'],
    ['all clear of somebody else', fact(2, 5, { symptom: 'NONE' }), {}, null],
    ['the press', fact(2, 5, { reporterKind: 'media' }), {}, null],
  ])('%s', (_, report, change, expected) => {
    expect(home(report, [incident(change)])?.certainty ?? null).toBe(expected)
  })

  it('what a person moved out stays out, and what looks like it follows', () => {
    const report = fact(2, 5)
    const verdict = qualifies(report, [], VITAL)
    const incidents = [incident(), incident({ id: 2, territories: [] })]
    const moved = { incidentId: 1, nowIn: 2, organisation: 'another', territory: '59', numbers: ['18'] }
    const home = (movedOut: typeof moved | { nowIn: null }) =>
      membershipOf({ fact: report, verdict, incidents, movedOut: [{ ...moved, ...movedOut }] })
    expect(home(moved)).toMatchObject({ incidentId: 2, key: 'triggers.membership.follows' })
    expect(home({ nowIn: null })).toBeNull()
    const elsewhere = fact(3, 5, { numbers: ['15'] })
    expect(membershipOf({ fact: elsewhere, verdict, incidents, movedOut: [moved] })?.incidentId).toBe(1)
  })
  test.each([
    [
      'a fault of the morning that one of its reporters had',
      { openedAt: T0 - 300 * MINUTE, caseIds: [1, 2] },
      null,
    ],
    ['an N3 of the same minutes, all of it of the wave', { openedAt: T0, caseIds: [2, 3] }, 1],
    ['one that holds mostly other cases', { openedAt: T0, caseIds: [2, 7, 8] }, null],
    ['one that is restored', { openedAt: T0, caseIds: [2, 3], state: 'restored' as const }, null],
  ])('the home of an episode: %s', (_, change, home) => {
    expect(episodeHome({ start: T0, caseIds: [2, 3, 4, 5] }, [incident(change)])).toBe(home)
  })

  it('the oldest of two that spoke last, in whatever order they are read', () => {
    const two = [incident({ id: 2, openedAt: T0 + MINUTE }), incident()]
    expect(home(fact(2, 5), two)?.incidentId).toBe(1)
    expect(home(fact(2, 5), two.reverse())?.incidentId).toBe(1)
  })
  it('grows by what joins, once', () => {
    const grown = afterJoining(incident(), fact(2, 5, { place: '62' }), true)
    expect(grown).toMatchObject({ caseIds: [1, 2], lastAt: T0 + 5 * MINUTE })
    expect(afterJoining(grown, fact(2, 5, { place: '62' }), true)).toBe(grown)
  })
  it('a check opens no incident; N3 does, unless one holds its case', () => {
    const asked = {
      key: 'k',
      rule: 'R2',
      firedAt: T0,
      groupStart: T0,
      reason: { key: '', values: {} },
    } as const
    expect(incidentOf({ ...asked, level: 'check', caseIds: [5] }, [])).toEqual({ kind: 'none' })
    expect(incidentOf({ ...asked, level: 'N3', caseIds: [5] }, [incident()])).toEqual({ kind: 'new' })
    expect(incidentOf({ ...asked, level: 'N3', caseIds: [5, 1] }, [incident()])).toMatchObject({
      incidentId: 1,
    })
  })
})
