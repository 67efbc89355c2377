import { expect, test } from 'vitest'
import { ADRIFT_MS, FRESH_MS, isFresh } from './freshness.ts'

const now = new Date('2026-11-26T03:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

test.each([
  ['just now', ago(0), true],
  ['a millisecond before it is over', ago(FRESH_MS - 1), true],
  ['when it is over', ago(FRESH_MS), false],
  ['never', null, false],
  ['by another host, whose clock is a little ahead', ago(-ADRIFT_MS), true],
  ['in the future: a clock that was set back proves nothing', ago(-ADRIFT_MS - 1), false],
])('proved %s', (_, at, fresh) => {
  expect(isFresh(at, now)).toBe(fresh)
})
