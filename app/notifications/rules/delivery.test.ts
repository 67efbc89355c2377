import { describe, expect, it, test } from 'vitest'
import { DELIVERY_STATES } from '#db/schema/notification.ts'
import { afterTry, DELIVERY, LEASE_S, nextWay, PATIENCE_S, RETRY_AFTER_S } from './delivery.ts'

const TRIES = RETRY_AFTER_S.length

describe('what follows a try', () => {
  it.each([
    ['taken', 'accepted', 1, { state: 'sent' }],
    ['refused for good', 'never', 1, { state: 'failed' }],
    ['not now, the first time', 'retry', 1, { state: 'queued', afterS: RETRY_AFTER_S[0] }],
    ['not now, the last but one', 'retry', TRIES, { state: 'queued', afterS: RETRY_AFTER_S[TRIES - 1] }],
    ['not now, the last', 'retry', TRIES + 1, { state: 'failed' }],
    ['taken at the last try', 'accepted', TRIES + 1, { state: 'sent' }],
  ] as const)('%s', (_, tried, attempts, expected) => {
    expect(afterTry(tried, attempts)).toEqual(expected)
  })

  test('each wait is longer than the one before, and no far side outlasts the lease', () => {
    for (const [n, after] of RETRY_AFTER_S.entries()) expect(after).toBeGreaterThan(RETRY_AFTER_S[n - 1] ?? 0)
    expect(PATIENCE_S).toBeLessThan(LEASE_S)
  })
})

test('no state leads back from an arrival, and what is over is over but for a late receipt', () => {
  for (const state of DELIVERY_STATES) {
    const { over, arrived, next } = DELIVERY[state]
    if (arrived) expect(next.every((one) => DELIVERY[one].arrived)).toBe(true)
    if (over) expect(next.every((one) => DELIVERY[one].arrived)).toBe(true)
    else expect(next.length).toBeGreaterThan(0)
  }
})

test('the next way is the first that was not tried', () => {
  const way = (toId: number, channel: string) => ({ toType: 'way', toId, channel })
  const plan = [way(1, 'sms'), way(1, 'voice'), way(2, 'sms')]
  expect(nextWay(plan, [])).toEqual(plan[0])
  expect(nextWay(plan, [way(1, 'sms')])).toEqual(plan[1])
  expect(nextWay(plan, [way(1, 'voice'), way(1, 'sms')])).toEqual(plan[2])
  expect(nextWay(plan, plan)).toBeNull()
})
