import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { type Drill, readDrill } from './drill.ts'
import * as abroad from './invented-abroad.fixture.ts'
import * as home from './invented-at-home.fixture.ts'
import { replay } from './replay.fixture.ts'

const given = fileURLToPath(new URL('../../../../shared/drills/', import.meta.url))

function read(json: unknown): Drill {
  const result = readDrill(json)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.drill
}

describe.skipIf(!existsSync(given))('the two drills given', () => {
  const load = (name: string) => replay(read(JSON.parse(readFileSync(`${given}${name}.json`, 'utf8'))))

  it('2 June 2021: crisis proposed by minute 12, active by 36 by silence, one cause in at most three incidents', () => {
    const run = load('fr-2021-06-02-orange-national')
    expect(run.firstQualifying).toBe(6)
    expect(run.crisisProposed).toBeLessThanOrEqual(12)
    expect(run.crisisActive).toBeLessThanOrEqual(36)
    expect(run.activatedBy).toBe('silence')
    expect(run.incidents.length).toBeGreaterThan(0)
    expect(run.incidents.length).toBeLessThanOrEqual(3)
  })

  it('2 June 2021: neither citizen nor press nor the unknown caller counts', () => {
    const run = load('fr-2021-06-02-orange-national')
    const of = (seq: number) => run.reports.find((report) => report.seq === seq)
    expect(of(10)).toMatchObject({ outcome: 'redirected', verdict: { qualifies: false } })
    expect(of(37)).toMatchObject({ outcome: 'redirected', verdict: { qualifies: false } })
    expect(of(56)).toMatchObject({ outcome: 'unverified', verdict: { qualifies: false } })
    expect(of(13)).toMatchObject({ outcome: 'attached', verdict: { why: 'relay', relatedId: 3 } })
  })

  it('the ordinary day: no crisis is proposed, unrelated faults are not merged', () => {
    const run = load('fr-temoin-journee-ordinaire')
    expect(run.firstQualifying).toBe(12)
    expect(run.crisisProposed).toBeNull()
    expect(run.crisisActive).toBeNull()
    expect(run.incidents.every((incident) => incident.territories.length === 1)).toBe(true)
  })
})

describe('drills that nobody gave us', () => {
  test.each<
    [string, unknown, { proposed: number | null; active: number | null; rule?: string; max: number }]
  >([
    [
      'one operator over eleven hours (R4)',
      abroad.SLOW_OPERATOR,
      { proposed: 655, active: 660, rule: 'R4', max: 1 },
    ],
    [
      'a national handling platform',
      abroad.NATIONAL_HANDLING,
      { proposed: 31, active: 33, rule: 'R3b', max: 1 },
    ],
    ['a cable cut in one département', home.LOCAL_CUT, { proposed: null, active: null, max: 1 }],
    ['an evening of saturation', home.EVENING_SATURATION, { proposed: null, active: null, max: 0 }],
    ['unrelated faults of small operators', home.UNRELATED_MVNOS, { proposed: null, active: null, max: 0 }],
    [
      'a slow spread, half an hour apart (N4)',
      abroad.SLOW_SPREAD,
      { proposed: 175, active: 180, rule: 'N4', max: 1 },
    ],
    [
      'one wide-view authority abroad',
      abroad.FOREIGN_AUTHORITY,
      { proposed: 21, active: 30, rule: 'R3b', max: 1 },
    ],
    ['a quiet day abroad', abroad.QUIET_ABROAD, { proposed: null, active: null, max: 0 }],
    ['one hospital that cannot call out', home.ONE_HOSPITAL, { proposed: null, active: null, max: 1 }],
    ['a flood of mobiles', home.MOBILE_FLOOD, { proposed: null, active: null, max: 0 }],
    ['nobody but the public', home.ONLY_CITIZENS, { proposed: null, active: null, max: 0 }],
    [
      'a country with numbers of its own',
      abroad.OWN_NUMBERS,
      { proposed: 16, active: 30, rule: 'R3b', max: 1 },
    ],
  ])('%s', (_, json, expected) => {
    const run = replay(read(json))
    expect(run.crisisProposed).toBe(expected.proposed)
    expect(run.crisisActive).toBe(expected.active)
    expect(run.proposals.find((proposal) => proposal.level === 'crisis')?.rule).toBe(expected.rule)
    expect(run.incidents.length).toBeLessThanOrEqual(expected.max)
  })

  it('a cable cut in one département goes to N3 and stays one incident of that département', () => {
    const run = replay(read(home.LOCAL_CUT))
    expect(run.proposals.some((proposal) => proposal.level === 'N3')).toBe(true)
    expect(run.incidents[0]?.territories.map((place) => place.code)).toEqual(['48'])
  })

  // R3b counts organisations, not causes: it asks a person, who sees both places named, each with its own N3 beside it.
  it('two causes the same hour: each place has its own N3, of its own cases', () => {
    const run = replay(read(home.TWO_CAUSES))
    const own = run.proposals.filter((proposal) => proposal.rule === 'R2')
    // the proposal as it was made: later reports of the place join it
    expect(own.map((proposal) => [proposal.reason.values.scope, proposal.caseIds])).toEqual([
      ['29', [1, 2]],
      ['68', [4, 5, 6]],
    ])
  })
})
