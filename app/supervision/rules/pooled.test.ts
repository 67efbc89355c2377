import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BURST, callersFor, verdictOfBurst } from './burst.ts'
import { areaOf, COUNTRY, nothingHeard, PooledWatch, type TestCall } from './cusum.ts'
import { fusedYears } from './fusion.ts'

const T = Date.parse('2026-11-26T10:00:00Z')
const PLACES = ['01', '38', '59', '62', '13', '31', '33', '44', '67', '75']
let nth = 0
const call = (failed: boolean, given: Partial<TestCall> = {}): TestCall => {
  nth += 1
  const territory = given.territory ?? (PLACES[nth % PLACES.length] as string)
  return {
    ...{
      at: T + nth * 2_000,
      probe: `p${nth % 4}`,
      operator: nth % 2 ? 'Alpha' : 'Bravo',
      technology: 'trunk',
    },
    ...{ territory, area: areaOf(territory), number: nth % 3 ? '15' : '18', failed },
    ...given,
  }
}
const watch = () => new PooledWatch(nothingHeard(), {})

describe('one running sum a scope', () => {
  it('calls that pass never make an alarm, however many', () => {
    const one = watch()
    for (let n = 0; n < 5_000; n += 1) one.hear(call(false))
    expect(one.standing()).toEqual([])
    expect(one.memory.sums).toEqual({})
  })

  it('everything fails everywhere: the country is named, once', () => {
    const one = watch()
    const named = PLACES.flatMap((territory) => {
      one.hear(call(true, { territory }))
      return one.alarm(T, 10)?.kind ?? []
    })
    expect(named).toEqual(['country'])
  })

  it('a destination that fails and fails is its own matter', () => {
    const one = watch()
    for (let n = 0; n < 200; n += 1) one.hear(call(true, { territory: '59', number: '15' }))
    expect(one.alarm(T, 10)).toBeNull()
    expect(one.memory.sums[COUNTRY]?.failed).toBe(1)
  })

  it('a platform that loses all its numbers neither: one place is no scope', () => {
    const one = watch()
    for (const number of ['15', '17', '18', '112', '114', '196'])
      one.hear(call(true, { territory: '59', number }))
    expect(one.alarm(T, 10)).toBeNull()
  })

  it.each([
    ['one operator', { operator: 'Charlie', probe: '' }, 'operator', 'charlie'],
    ['one probe: not its operator', { operator: 'Charlie', probe: 'c1' }, 'probe', 'c1'],
  ])('%s fails while the others pass: it is named, and explains its failures', (_, given, kind, name) => {
    const one = watch()
    let found = null
    for (let n = 0; n < 60 && !found; n += 1) {
      for (let other = 0; other < 3; other += 1) one.hear(call(false))
      const probe = given.probe || `c${n % 3}`
      one.hear(
        call(true, {
          ...given,
          probe,
          territory: PLACES[n % PLACES.length] as string,
          number: n % 2 ? '17' : '112',
        }),
      )
      found = one.alarm(T, 10)
    }
    expect(found).toMatchObject({ kind, name })
    const before = one.memory.sums[COUNTRY]?.failed ?? 0
    for (const territory of PLACES)
      one.hear(call(true, { ...given, probe: given.probe || 'c1', territory, number: '114' }))
    expect(one.memory.sums[COUNTRY]?.failed ?? 0).toBe(before)
  })

  it('is over when its calls pass again, and can be named anew', () => {
    const one = watch()
    for (const territory of PLACES) one.hear(call(true, { territory, number: '15' }))
    expect(one.alarm(T, 10)?.key).toBe(COUNTRY)
    for (let n = 0; n < 1_000; n += 1) one.hear(call(false))
    expect(one.memory.alarms).toEqual({})
    for (const territory of PLACES) one.hear(call(true, { territory, number: '15' }))
    expect(one.alarm(T, 10)?.key).toBe(COUNTRY)
  })

  it('remembers: stopped and begun again it says the same', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 120 }), fc.nat(120), (fails, cut) => {
        const calls = fails.map((failed, n) => ({ ...call(failed), at: T + n }))
        const whole = watch()
        for (const one of calls) whole.hear(one)
        const first = watch()
        for (const one of calls.slice(0, cut)) first.hear(one)
        const second = new PooledWatch(JSON.parse(JSON.stringify(first.memory)), {})
        for (const one of calls.slice(cut)) second.hear(one)
        expect(second.memory).toEqual(whole.memory)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a report and failing probes in one scope', () => {
  it('raise each other: without a voice nothing is added, with one it is rarer, with more rarer still', () => {
    expect(fusedYears(2, 0, 0.5)).toBe(2)
    const [one, two] = [fusedYears(2, 1, 0.5), fusedYears(2, 2, 0.5)]
    expect(one).toBeGreaterThan(2)
    expect(two).toBeGreaterThan(one)
    expect(fusedYears(2, 1, 0.01)).toBeGreaterThan(100)
  })
  it('a voice among many that are usual adds next to nothing, and never takes away', () => {
    expect(fusedYears(2, 1, 8)).toBeCloseTo(2, 2)
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        fc.nat(20),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (years, n, e) => {
          expect(fusedYears(years, n, e)).toBeGreaterThanOrEqual(years)
        },
      ),
    )
  })
})

describe('who makes a burst', () => {
  const probe = (id: number, operator: string, given: object = {}) => ({
    id,
    operator,
    technology: 'trunk',
    heardAt: T,
    calledAt: null,
    ...given,
  })
  it.each([
    [
      'two operators before two technologies',
      [probe(1, 'A'), probe(2, 'A', { technology: 'volte' }), probe(3, 'B')],
      [1, 3],
    ],
    ['else two technologies', [probe(1, 'A'), probe(2, 'A'), probe(3, 'A', { technology: 'volte' })], [1, 3]],
    [
      'whoever called last comes last',
      [probe(1, 'A', { calledAt: T }), probe(2, 'A'), probe(3, 'B')],
      [2, 3],
    ],
    ['not who has not been heard of', [probe(1, 'A', { heardAt: T - 600_000 }), probe(2, 'B')], [2]],
    ['nobody is there', [probe(1, 'A', { heardAt: null })], []],
  ])('%s', (_, probes, chosen) => {
    expect(callersFor(probes, T)).toEqual(chosen)
  })
})

describe('what a burst says', () => {
  const burst = { openedAt: T, calls: BURST.callsEach, probes: 2 }
  const calls = (passed: number, failed: number) =>
    [...Array(passed).fill(true), ...Array(failed).fill(false)].map((one: boolean, n) => ({
      probe: n % 2,
      passed: one,
    }))
  const end = T + BURST.withinMs
  it.each([
    ['nothing told yet', 0, 0, T, 'open'],
    ['one failure', 0, 1, T, 'open'],
    ['two failures of three: R0', 1, 2, T, 'confirmed'],
    ['two failures of two', 0, 2, T, 'confirmed'],
    ['all passed but one', 4, 1, T, 'open'],
    ['one of six failed', 5, 1, T, 'cleared'],
    ['five passed: two can no longer fail', 5, 0, T, 'cleared'],
    ['at its end, two passed', 2, 0, end, 'cleared'],
    ['at its end, nothing', 0, 0, end, 'unanswered'],
    ['at its end, one failure of one says too little', 0, 1, end, 'unanswered'],
  ] as const)('%s', (_, passed, failed, now, state) => {
    expect(verdictOfBurst(burst, calls(passed, failed), now).state).toBe(state)
  })
})
