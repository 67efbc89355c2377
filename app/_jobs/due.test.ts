import { describe, expect, test } from 'vitest'
import { isDue, isKept, KEPT_FROM_S } from './due.ts'

const nightly = { every: 86_400, at: { hour: 3, minute: 17 } }
const hourly = { every: 3600 }
const at = (text: string) => new Date(`2026-${text}Z`)

const cases: [string, Parameters<typeof isDue>[0], Date | null, Date, boolean][] = [
  ['never turned', hourly, null, at('11-23T10:00:00'), true],
  ['just short of its period', hourly, at('11-23T09:00:01'), at('11-23T10:00:00'), false],
  ['at its period', hourly, at('11-23T09:00:00'), at('11-23T10:00:00'), true],
  ['before its hour, turned last night', nightly, at('11-22T03:17:20'), at('11-23T03:16:59'), false],
  ['at its hour', nightly, at('11-22T03:17:20'), at('11-23T03:17:00'), true],
  ['after its hour, turned since', nightly, at('11-23T03:17:20'), at('11-23T23:59:59'), false],
  ['a night missed, in the evening', nightly, at('11-22T03:17:20'), at('11-23T21:00:00'), true],
  ['across the year', nightly, at('12-31T03:17:20'), new Date('2027-01-01T03:17:00Z'), true],
]

describe('whether the hour of a clock has come', () => {
  test.each(cases)('%s', (_, times, last, now, due) => expect(isDue(times, last, now)).toBe(due))
})

test('what turns every few seconds is not asked about', () => {
  expect(isKept({ every: KEPT_FROM_S - 1 })).toBe(false)
  expect(isKept({ every: KEPT_FROM_S })).toBe(true)
})
