import { expect, test } from 'vitest'
import { counterWentBack } from './counter.ts'

test.each([
  ['never counts', 0, 0, false],
  ['begins to count', 0, 1, false],
  ['counts on', 7, 8, false],
  ['was used elsewhere meanwhile', 7, 90, false],
  ['says the same again', 7, 7, true],
  ['says less', 7, 6, true],
  ['counts no more', 7, 0, true],
])('a device that %s', (_, before, now, back) => {
  expect(counterWentBack(before, now)).toBe(back)
})
