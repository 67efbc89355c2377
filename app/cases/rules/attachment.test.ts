import { describe, expect, it } from 'vitest'
import { CASE_STATES } from '#db/schema/cases.ts'
import { mayBeMain, whenMainEnds } from './attachment.ts'
import { BUSY_MINUTES } from './permissions.ts'
import { isOpen } from './states.ts'

it.each(CASE_STATES)('a case may be attached to one that is %s only if that one is on a clock', (state) => {
  expect(mayBeMain({ state }).allowed).toBe(isOpen(state))
})

describe('when the case it hangs on ends', () => {
  const at = new Date('2026-11-23T10:00:00Z')
  const facts = { confirmedAt: null, level: 2, contactAttempts: 0, busyMinutesSinceRestored: null } as const
  it.each([
    ['closed, and its own reporter has not spoken: he is asked', 'closed', facts, 'restored'],
    ['closed, and confirmed: closed', 'closed', { ...facts, confirmedAt: at }, 'closed'],
    [
      'closed, confirmed at N3 before a busy hour has passed: a person closes it',
      'closed',
      { ...facts, confirmedAt: at, level: 3, busyMinutesSinceRestored: BUSY_MINUTES - 1 },
      'confirmed',
    ],
    [
      'closed, confirmed at N3 after a busy hour: closed',
      'closed',
      { ...facts, confirmedAt: at, level: 3, busyMinutesSinceRestored: BUSY_MINUTES },
      'closed',
    ],
    ['out of scope: judged by itself', 'out_of_scope', facts, 'acknowledged'],
    [
      'out of scope, and confirmed: a person closes it',
      'out_of_scope',
      { ...facts, confirmedAt: at },
      'confirmed',
    ],
  ] as const)('%s', (_, end, given, state) => {
    expect(whenMainEnds(end, given)).toEqual({ state })
  })
})
