import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { type Drill, readDrill } from './drill.ts'
import * as abroad from './invented-abroad.fixture.ts'
import * as home from './invented-at-home.fixture.ts'
import { replay } from './replay.ts'

const shipped = fileURLToPath(new URL('../files/', import.meta.url))
/** Of the same schema, not shipped with the product. */
const given = fileURLToPath(new URL('../../../../shared/drills/', import.meta.url))

function read(json: unknown): Drill {
  const result = readDrill(json)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.drill
}

const load = (name: string, from = shipped) =>
  replay(read(JSON.parse(readFileSync(`${from}${name}.json`, 'utf8'))))

describe('the drills of real outages, nobody answering', () => {
  test.each([
    ['fr-2021-06-02-orange-national', 12, 36],
    ['uk-2023-06-25-bt-999', 10, 32],
    ['de-2021-11-11-telekom-110-112', 18, 39],
    ['be-2021-01-08-proximus-112', 24, 45],
    ['us-2018-12-27-centurylink-911', 1300, 1335],
  ])('%s: proposed by minute %i, active by %i by silence', (name, proposed, active) => {
    const run = load(name)
    expect(run.crisisProposed).toBeLessThanOrEqual(proposed)
    expect(run.crisisActive).toBeLessThanOrEqual(active)
    expect(run.activatedBy).toBe('silence')
    expect(run.incidents.length).toBeGreaterThan(0)
    expect(run.incidents.length).toBeLessThanOrEqual(3)
  })

  it('2 June 2021: neither citizen nor press nor the unknown caller counts', () => {
    const run = load('fr-2021-06-02-orange-national')
    const of = (seq: number) => run.reports.find((report) => report.seq === seq)
    expect(run.firstQualifying).toBe(6)
    expect(of(10)).toMatchObject({ outcome: 'redirected', verdict: { qualifies: false } })
    expect(of(37)).toMatchObject({ outcome: 'redirected', verdict: { qualifies: false } })
    expect(of(56)).toMatchObject({ outcome: 'unverified', verdict: { qualifies: false } })
    expect(of(13)).toMatchObject({ outcome: 'attached', verdict: { why: 'relay', relatedId: 3 } })
  })

  it('the ordinary day: no crisis is proposed, at most two incidents, of one place each', () => {
    const run = load('fr-temoin-journee-ordinaire')
    expect(run.firstQualifying).toBe(12)
    expect(run.crisisProposed).toBeNull()
    expect(run.crisisActive).toBeNull()
    expect(run.incidents.length).toBeLessThanOrEqual(2)
    expect(run.incidents.every((incident) => incident.territories.length === 1)).toBe(true)
  })

  test.skipIf(!existsSync(given))('what is shipped is what was given', () => {
    for (const name of ['fr-2021-06-02-orange-national', 'de-2021-11-11-telekom-110-112'])
      expect(load(name).crisisProposed).toBe(load(name, given).crisisProposed)
  })
})

describe('drills that nobody gave us', () => {
  test.each<[string, unknown, { proposed: number | null; active: number | null; max: number }]>([
    // A desk without a past asks a person sooner; silence alone decides nothing on two or three voices.
    [
      'one operator over eleven hours, two voices',
      abroad.SLOW_OPERATOR,
      { proposed: 655, active: null, max: 1 },
    ],
    [
      'a national handling platform, three voices in 23 minutes',
      abroad.NATIONAL_HANDLING,
      { proposed: 31, active: null, max: 1 },
    ],
    ['a cable cut in one département', home.LOCAL_CUT, { proposed: null, active: null, max: 1 }],
    ['an evening of saturation', home.EVENING_SATURATION, { proposed: null, active: null, max: 0 }],
    ['unrelated faults of small operators', home.UNRELATED_MVNOS, { proposed: null, active: null, max: 0 }],
    ['a slow spread, half an hour apart', abroad.SLOW_SPREAD, { proposed: 175, active: 213, max: 1 }],
    [
      'one wide-view authority abroad that names several',
      abroad.FOREIGN_AUTHORITY,
      { proposed: 21, active: 30, max: 1 },
    ],
    ['a quiet day abroad', abroad.QUIET_ABROAD, { proposed: null, active: null, max: 0 }],
    ['one hospital that cannot call out', home.ONE_HOSPITAL, { proposed: null, active: null, max: 1 }],
    ['a flood of mobiles', home.MOBILE_FLOOD, { proposed: null, active: null, max: 0 }],
    ['nobody but the public', home.ONLY_CITIZENS, { proposed: null, active: null, max: 0 }],
    [
      'a country with numbers of its own, four voices in 17 minutes',
      abroad.OWN_NUMBERS,
      { proposed: 16, active: 30, max: 1 },
    ],
  ])('%s', (_, json, expected) => {
    const run = replay(read(json))
    expect(run.crisisProposed).toBe(expected.proposed)
    expect(run.crisisActive).toBe(expected.active)
    expect(run.incidents.length).toBeLessThanOrEqual(expected.max)
  })

  it('a cable cut in one département goes to N3 and stays one incident of that département', () => {
    const run = replay(read(home.LOCAL_CUT))
    expect(run.proposals.some((proposal) => proposal.level === 'N3')).toBe(true)
    expect(run.incidents[0]?.territories.map((place) => place.code)).toEqual(['48'])
  })

  it('one network that fails while its customers call everyone else is checked at the first report', () => {
    const run = replay(read(abroad.SLOW_OPERATOR))
    expect(run.proposals.map(({ rule, level, offset }) => [rule, level, offset])).toEqual([
      ['R0', 'check', 150],
      ['R0', 'check', 655],
    ])
  })

  it('two waves over a fault of the morning: each proposed by itself, its incident whole, its clock its own', () => {
    const run = replay(read(home.TWO_WAVES))
    expect(run.episodes.map((one) => one.voices)).toEqual([
      [3, 4, 5, 6, 7, 8, 9, 10],
      [11, 12, 13, 14, 15, 16, 17, 18],
    ])
    const t0 = Date.parse('2026-03-10T08:00:00+01:00')
    expect(run.episodes.map((one) => (one.start - t0) / 60_000)).toEqual([60, 440])
    expect(run.crisisActive).toBe(85)
    expect(run.incidents.map((one) => one.caseIds)).toEqual([
      [1, 2],
      [3, 4, 5, 6, 7, 8, 9, 10],
      [11, 12, 13, 14, 15, 16, 17, 18],
    ])
  })

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
