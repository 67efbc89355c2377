import { describe, expect, test } from 'vitest'
import { ACCOUNT, ADDRESS, counted, waitsUntil } from './throttle.ts'

const now = new Date('2026-11-23T03:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)

describe('how long the next attempt waits, from the last failure', () => {
  test.each([
    ['nothing yet', 0, null],
    ['a typing mistake', 1, null],
    ['the last free one', ACCOUNT.free, null],
    ['one too many', ACCOUNT.free + 1, ACCOUNT.firstWaitMs],
    ['twice that', ACCOUNT.free + 2, 2 * ACCOUNT.firstWaitMs],
    ['four times', ACCOUNT.free + 3, 4 * ACCOUNT.firstWaitMs],
    ['under the cap', ACCOUNT.free + 5, 16 * ACCOUNT.firstWaitMs],
    ['at the cap', ACCOUNT.free + 6, ACCOUNT.capMs],
    ['never more', 10_000, ACCOUNT.capMs],
  ])('%s: %i failures', (_, failures, wait) => {
    const until = waitsUntil({ failures, lastFailureAt: now }, ACCOUNT, now)
    expect(until && until.getTime() - now.getTime()).toBe(wait)
  })

  test.each([
    ['one millisecond before the end', ACCOUNT.capMs - 1, true],
    ['at the end', ACCOUNT.capMs, false],
  ])('%s', (_, since, waits) => {
    expect(waitsUntil({ failures: 50, lastFailureAt: ago(since) }, ACCOUNT, now) !== null).toBe(waits)
  })

  test.each([
    ['one millisecond before', ACCOUNT.forgetMs - 1, 50],
    ['at the quiet time', ACCOUNT.forgetMs, 0],
  ])('failures are forgotten: %s', (_, since, expected) => {
    expect(counted({ failures: 50, lastFailureAt: ago(since) }, ACCOUNT, now)).toBe(expected)
  })

  test('a whole préfecture behind one address makes more mistakes than one person', () => {
    const attempts = { failures: ADDRESS.free, lastFailureAt: now }
    expect(waitsUntil(attempts, ADDRESS, now)).toBeNull()
    expect(waitsUntil(attempts, ACCOUNT, now)).not.toBeNull()
  })
})
