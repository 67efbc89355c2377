import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curveOf, curveUntil } from './curve.ts'

const MINUTE = 60_000
const at = Date.UTC(2026, 10, 23, 8)

describe('reports over time', () => {
  test.each([
    ['one report', [0], 5, 1],
    ['within five minutes', [0, 4], 5, 1],
    ['half an hour, with a hole', [0, 31], 5, 7],
    ['just under three hours', [0, 179], 5, 36],
    ['three hours', [0, 180], 15, 13],
    ['seven hours', [0, 420], 15, 29],
    ['a day', [0, 1440], 60, 25],
    ['three days', [0, 4320], 360, 13],
    ['two months', [0, 86_400], 2880, 31],
  ])('%s', (_, minutes, widthMin, bars) => {
    const curve = curveOf(minutes.map((minute) => at + minute * MINUTE))
    expect(curve.widthMin).toBe(widthMin)
    expect(curve.bars).toHaveLength(bars)
  })

  test('no report draws nothing', () => {
    expect(curveOf([]).bars).toEqual([])
  })

  test('every report stands in one bar, and the bars stay few', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 * 1440 }), { minLength: 1, maxLength: 60 }),
        (minutes) => {
          const { bars, widthMin } = curveOf(minutes.map((minute) => at + minute * MINUTE))
          expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(minutes.length)
          expect(bars.length).toBeLessThanOrEqual(38)
          expect(
            bars.every(
              (bar, rank) => rank === 0 || bar.from - (bars[rank - 1]?.from ?? 0) === widthMin * MINUTE,
            ),
          ).toBe(true)
        },
      ),
    )
  })
})

describe('the last while', () => {
  test.each([
    ['this very moment stands in the last bar', 0, 23],
    ['one bar ago', 5, 22],
    ['as old as the first bar', 115, 0],
    ['older: in none', 121, null],
  ])('%s', (_, minutesAgo, rank) => {
    const { bars } = curveUntil([at - minutesAgo * MINUTE], at, 5, 24)
    expect(bars).toHaveLength(24)
    expect(bars.flatMap((bar, n) => (bar.count > 0 ? [n] : []))).toEqual(rank === null ? [] : [rank])
  })
})
