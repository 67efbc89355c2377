import { describe, expect, it } from 'vitest'
import { type FallbackFacts, mayOpen, NETWORKS_NEEDED, REMIND_BEFORE_MIN, standingOf } from './fallback.ts'

const now = new Date('2026-11-23T17:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const passed = (network: string) => ({ network, passed: 3, tried: 3, at: now })
const failed = (network: string, at = now) => ({ network, passed: 2, tried: 3, at })
const facts = (over: Partial<FallbackFacts>): FallbackFacts => ({
  ...{ state: 'open', endsAt: later(600), reroute: false, rerouteOutAt: null, tests: [], restored: false },
  ...over,
})

describe('how a fallback stands', () => {
  it.each([
    ['planned', facts({ state: 'planned', endsAt: null }), 'planned'],
    ['open', facts({}), 'active'],
    ['a minute before its reminder', facts({ endsAt: later(REMIND_BEFORE_MIN + 1) }), 'active'],
    ['at its reminder', facts({ endsAt: later(REMIND_BEFORE_MIN) }), 'ending'],
    ['at its end', facts({ endsAt: now }), 'overdue'],
    ['a network fails', facts({ tests: [passed('A'), failed('B')] }), 'failing'],
    ['it failed, and works again', facts({ tests: [failed('A', later(-5)), passed('a ')] }), 'active'],
    ['open after what it covers works again', facts({ restored: true }), 'forgotten'],
    ['closed', facts({ state: 'closed', restored: true }), 'closed'],
    ['closed, its reroute still there', facts({ state: 'closed', reroute: true }), 'forgotten'],
    [
      'closed, its reroute out',
      facts({ state: 'closed', reroute: true, rerouteOutAt: now, restored: true }),
      'closed',
    ],
    ['planned while nothing fails', facts({ state: 'planned', restored: true, reroute: true }), 'planned'],
  ])('%s', (_, one, standing) => {
    expect(standingOf(one, now)).toBe(standing)
  })
})

it.each([
  ['no test', [], 'fallbacks.refused.tests'],
  ['one network short', [passed('A'), passed('B')], 'fallbacks.refused.tests'],
  ['one network three times', [passed('A'), passed(' a'), passed('A')], 'fallbacks.refused.tests'],
  ['three of which one fails', [passed('A'), passed('B'), failed('C')], 'fallbacks.refused.fails'],
  ['three', ['A', 'B', 'C'].map(passed), undefined],
])('is opened after %s: %s', (_, tests, key) => {
  expect(NETWORKS_NEEDED).toBe(3)
  expect(mayOpen(tests)?.key).toBe(key)
})
