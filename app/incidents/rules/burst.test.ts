import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { fact, T0 } from './fact.fixture.ts'
import { MINUTE, type ReportFact } from './facts.ts'
import { arbitraryFacts, EIGHT, listen, minute, wave } from './watch.fixture.ts'

describe('the clock of a wave', () => {
  const start = (facts: ReportFact[]) => listen(facts).episodes.map((one) => minute(one.start))
  test.each<[string, ReportFact[], number]>([
    ['an old voice half a day before it', [fact(9000, -650, { place: '67' }), ...wave(0, EIGHT)], 0],
    ['an old voice two hours before it', [fact(9000, -120, { place: '67' }), ...wave(0, EIGHT)], 0],
    ['old voices all through the morning', [...wave(-640, ['67', '21', '71'], 4, 150), ...wave(0, EIGHT)], 0],
    [
      'its own first voice a quarter of an hour before it',
      [fact(9000, -15, { place: '67' }), ...wave(0, EIGHT)],
      -15,
    ],
    ['a slow spread, rare only over hours: the report that made it so', wave(0, EIGHT, 1, 33), 165],
  ])('%s', (_, facts, expected) => {
    expect(start(facts)).toEqual([expected])
  })

  it('a later, wider look at the day does not turn it back', () => {
    const old = wave(-640, ['67', '21', '71'], 4, 100)
    expect(start([...old, ...wave(0, EIGHT), ...wave(100, ['01', '03', '05'], 6)])).toEqual([0])
  })

  it('what an old voice said is no part of the wave', () => {
    const [first] = listen([fact(9000, -650, { place: '67' }), ...wave(0, EIGHT)]).episodes
    expect(first?.voices).not.toContain(9000)
  })

  test('an old report turns no clock back', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.integer({ min: 125, max: 700 }), (facts, before) => {
        const first = Math.min(...facts.map((one) => one.at))
        const old = fact(99, (first - T0) / MINUTE - before, { place: '67', organisation: 'old' })
        for (const one of listen([old, ...facts]).episodes) expect(one.start).toBeGreaterThanOrEqual(first)
      }),
      { numRuns: 150 },
    )
  })
})
