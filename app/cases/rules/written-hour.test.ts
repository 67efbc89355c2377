import { expect, test } from 'vitest'
import { KEPT_AT_MOST_MS, writtenHour } from './written-hour.ts'

const now = new Date('2026-11-26T18:00:00Z')
const MINUTE = 60_000

test.each([
  ['written an hour ago', -60 * MINUTE, -60 * MINUTE],
  ['written now', 0, 0],
  ['a clock four minutes ahead: no later than its arrival', 4 * MINUTE, 0],
  ['a clock six minutes ahead', 6 * MINUTE, 'kept.refused.clock'],
  ['kept for a week', -KEPT_AT_MOST_MS, -KEPT_AT_MOST_MS],
  ['kept for longer', -KEPT_AT_MOST_MS - 1, 'kept.refused.too_old'],
])('%s', (_, from, expected) => {
  const judged = writtenHour(new Date(now.getTime() + from), now)
  expect(judged.ok ? judged.value.getTime() - now.getTime() : judged.reason.key).toBe(expected)
})
