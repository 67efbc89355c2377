import { describe, expect, test } from 'vitest'
import { lnTail } from './gamma.ts'

describe('the chance of so many or more', () => {
  test.each([
    // Poisson's law, by its sum: 1 - e^-m (1 + m + …)
    [1, 1, 1 - Math.exp(-1)],
    [2, 1, 1 - Math.exp(-1) * 2],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125)],
    [1, 12, 1 - Math.exp(-12)],
    [5, 2, 1 - Math.exp(-2) * (1 + 2 + 2 + 8 / 6 + 16 / 24)],
  ])('%d where %d are usual', (count, mean, chance) => {
    expect(Math.exp(lnTail(count, mean))).toBeCloseTo(chance, 9)
  })
  test('nothing expected, nothing asked, and far in the tail', () => {
    expect(lnTail(0, 3)).toBe(0)
    expect(lnTail(2, 0)).toBe(Number.NEGATIVE_INFINITY)
    // ln(m^n / n!) leads where m is small
    expect(lnTail(20, 0.001)).toBeCloseTo(20 * Math.log(0.001) - 42.3356164607535, 2)
  })
  test('half a voice lies between', () => {
    expect(lnTail(2.5, 0.3)).toBeLessThan(lnTail(2, 0.3))
    expect(lnTail(2.5, 0.3)).toBeGreaterThan(lnTail(3, 0.3))
  })
})
