import { expect, test } from 'vitest'
import { silences } from './silence.ts'

test('a silence belongs to the strike it lies in; a stopped database is counted apart', () => {
  const spans = [
    { name: 'web killed', stops: false, from: 1_000, to: 1_000 },
    { name: 'PostgreSQL frozen', stops: true, from: 20_000, to: 28_000 },
  ]
  const found = silences(
    [0, 900, 2_400, 2_500, 19_900, 28_700, 28_800],
    [...spans, { name: 'nothing much', stops: false, from: 3_000, to: 3_001 }],
  )
  expect(found.longest).toEqual({ ms: 17_400, at: 2_500, during: 'web killed, nothing much' })
  expect(found.whileStopped).toEqual({ ms: 8_800, at: 19_900, during: 'PostgreSQL frozen' })
  expect(found.servesAgain).toEqual({ ms: 700, at: 28_000, during: 'PostgreSQL frozen' })
})

test('no report after a strike is a silence without end', () => {
  const frozen = { name: 'frozen', stops: true, from: 10, to: 20 }
  expect(silences([5], [frozen]).servesAgain?.ms).toBe(Number.POSITIVE_INFINITY)
})
