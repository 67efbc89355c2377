import { expect, test } from 'vitest'
import { gapOf, tableOf } from './gaps.ts'

const times = [900, 100, 0, 5_900, 6_000, 20_000]

test.each([
  ['within the span', 1_000, 2_000, 5_000],
  ['that began before it', 2_000, 5_950, 5_000],
  ['that ends after it', 6_100, 6_200, 14_000],
  ['of two the longer', 0, 7_000, 14_000],
  ['of none: nothing was acknowledged after', 20_001, 30_000, 0],
])('the silence %s', (_, from, to, gap) => {
  expect(gapOf(times, from, to)).toBe(gap)
})

test('the table says what was lost, also when it is nothing', () => {
  const one = { name: 'etcd away', aim: '0', engineMs: 0, gapMs: 1_234, seconds: 40, acknowledged: 7 }
  const table = tableOf([one], { acknowledged: 7, stored: 8, lost: ['x'], twice: [] })
  expect(table).toContain('| etcd away | 7            | 1.2    | –                   | 0   |')
  expect(table).toContain('7 acknowledged, 8 stored, 1 lost, 0 twice.')
})
