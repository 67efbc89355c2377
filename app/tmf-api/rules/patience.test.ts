import { expect, test } from 'vitest'
import { fateOf, GIVEN_UP_MS, nextTryMs } from './patience.ts'

const now = new Date('2026-11-23T10:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

test.each([
  [201, 0, 'given'],
  [204, GIVEN_UP_MS, 'given'],
  [302, 0, 'again'],
  [404, 0, 'again'],
  [500, GIVEN_UP_MS - 1, 'again'],
  [500, GIVEN_UP_MS, 'gone'],
  [null, 0, 'again'],
  [null, GIVEN_UP_MS, 'gone'],
  [410, 0, 'gone'],
] as const)('answered %s after failing for %s ms: %s', (status, ms, fate) => {
  expect(fateOf(status, ago(ms), now)).toBe(fate)
})

test('waits twice as long each time, an hour at most', () => {
  expect([1, 2, 3, 9, 10, 5000].map(nextTryMs)).toEqual([
    10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000,
  ])
})
