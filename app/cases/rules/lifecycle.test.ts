import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CASE_STATES, type CaseState, type Level } from '#db/schema/cases.ts'
import { ACTIONS, type Action, stateAfter } from './lifecycle.ts'
import {
  ATTEMPTS_BEFORE_CLOSING,
  attemptsAfter,
  BUSY_MINUTES,
  type CaseFacts,
  closingKind,
  judge,
  judgeLevel,
  REOPEN_WITHIN_HOURS,
  type Viewer,
} from './permissions.ts'
import { isOpen } from './states.ts'

const NOW = new Date('2026-03-10T12:00:00Z')
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000)
const agent: Viewer = { side: 'cell', accountId: 1, works: true, ownOrganisation: false, authority: false }
const reporter: Viewer = {
  side: 'reporter',
  accountId: 2,
  works: false,
  ownOrganisation: true,
  authority: false,
}
const authority: Viewer = {
  side: 'reporter',
  accountId: 3,
  works: false,
  ownOrganisation: false,
  authority: true,
}

function facts(given: Partial<CaseFacts> = {}): CaseFacts {
  return {
    state: 'acknowledged',
    level: 2,
    verified: true,
    vital: true,
    contactAttempts: 0,
    confirmedAt: null,
    closedAt: null,
    busyMinutesSinceRestored: null,
    claimedById: null,
    claimedUntil: null,
    exercise: false,
    ...given,
  }
}

const refusal = (action: Action, given: Partial<CaseFacts>, viewer: Viewer = agent) => {
  const verdict = judge(action, facts(given), viewer, NOW)
  return verdict.allowed ? null : verdict.key
}

describe('closing', () => {
  it.each<[string, Partial<CaseFacts>, string | null]>([
    ['confirmed by the reporter', { state: 'confirmed', confirmedAt: NOW }, null],
    [
      'restored, no word, two attempts',
      { state: 'restored', contactAttempts: ATTEMPTS_BEFORE_CLOSING - 1 },
      'cases.refused.not_confirmed',
    ],
    [
      'restored, no word, three attempts',
      { state: 'restored', contactAttempts: ATTEMPTS_BEFORE_CLOSING },
      null,
    ],
    [
      'N3 confirmed, one busy minute short',
      { state: 'confirmed', confirmedAt: NOW, level: 3, busyMinutesSinceRestored: BUSY_MINUTES - 1 },
      'cases.refused.busy_hour',
    ],
    [
      'N3 confirmed, a busy hour passed',
      { state: 'confirmed', confirmedAt: NOW, level: 3, busyMinutesSinceRestored: BUSY_MINUTES },
      null,
    ],
    ['still worked', { state: 'checking', contactAttempts: 9 }, 'cases.refused.state'],
    ['not even acknowledged', { state: 'received' }, 'cases.refused.state'],
  ])('%s', (_, given, key) => {
    expect(refusal('close', given)).toBe(key)
  })

  it('is counted apart when nobody confirmed', () => {
    expect(closingKind({ state: 'confirmed', confirmedAt: NOW })).toBe('confirmed')
    expect(closingKind({ state: 'restored', confirmedAt: null })).toBe('unreachable')
  })
})

describe('attempts to reach the reporter', () => {
  it.each<[Action, Viewer['side'], number]>([
    ['log_attempt', 'cell', 3],
    ['wait_reporter', 'cell', 2],
    ['record_tests', 'cell', 2],
    ['answer', 'reporter', 0],
    ['record_tests', 'reporter', 0],
    ['change_callback', 'reporter', 0],
    ['answer', 'cell', 0],
    ['still_failing', 'cell', 0],
    ['confirm', 'cell', 0],
    // Called back to be known: he was on the line.
    ['verify', 'cell', 0],
    ['restore', 'cell', 0],
    ['restore', 'machine', 0],
    ['reopen', 'cell', 0],
  ])('after %s by the %s, of two %i count', (action, side, left) => {
    expect(attemptsAfter(action, side, 2)).toBe(left)
  })
})

describe('who may what', () => {
  it.each<[Action, Viewer, Partial<CaseFacts>, string | null]>([
    ['acknowledge', reporter, { state: 'received' }, 'cases.refused.cell_only'],
    ['note', reporter, {}, 'cases.refused.cell_only'],
    ['confirm', authority, { state: 'restored' }, 'cases.refused.not_your_case'],
    ['confirm', reporter, { state: 'restored' }, null],
    ['update', agent, { state: 'received' }, 'cases.refused.acknowledge_first'],
    ['claim', agent, { claimedById: 9, claimedUntil: new Date(NOW.getTime() + 1) }, 'cases.refused.claimed'],
    ['claim', agent, { claimedById: 9, claimedUntil: NOW }, null],
    ['note', agent, { claimedById: 9, claimedUntil: hoursAgo(-1) }, null],
    ['out_of_scope', agent, { state: 'received' }, 'cases.refused.verified_vital'],
    ['out_of_scope', agent, { state: 'received', verified: false }, null],
    ['reopen', agent, { state: 'closed', closedAt: hoursAgo(REOPEN_WITHIN_HOURS) }, null],
    [
      'reopen',
      agent,
      { state: 'closed', closedAt: new Date(hoursAgo(REOPEN_WITHIN_HOURS).getTime() - 1) },
      'cases.refused.reopen_too_late',
    ],
    ['still_failing', reporter, { state: 'closed', closedAt: hoursAgo(1) }, null],
    ['withdraw', agent, { state: 'closed' }, 'cases.refused.never_deleted'],
    ['withdraw', reporter, {}, 'cases.refused.never_deleted'],
    ['withdraw', reporter, { exercise: true }, 'cases.refused.cell_only'],
    ['withdraw', agent, { exercise: true, state: 'closed' }, null],
  ])('%s', (action, viewer, given, key) => {
    expect(refusal(action, given, viewer)).toBe(key)
  })
})

describe('level', () => {
  it.each<[Level, Level, Date | null, string, string | null]>([
    [2, 3, null, '', null],
    [3, 2, null, '', 'cases.refused.lowering_needs_reason'],
    [3, 2, null, 'deux communes seulement', null],
    [2, 1, null, 'rien', 'cases.refused.not_below_n2'],
    [2, 1, NOW, 'confirmé', null],
    [2, 2, null, 'x', 'cases.refused.same_level'],
  ])('from N%i to N%i', (from, to, confirmedAt, reason, key) => {
    const verdict = judgeLevel(from, to, { confirmedAt }, reason)
    expect(verdict.allowed ? null : verdict.key).toBe(key)
  })
})

/** Walks any sequence of actions as the commands would: only what the rule allows, in the state it leads to. */
function walk(steps: { action: Action; viewer: Viewer }[]) {
  let now = facts({ state: 'received' })
  let confirmations = 0
  let silence = 0
  for (const { action, viewer } of steps) {
    if (!judge(action, now, viewer, NOW).allowed) continue
    if (action === 'close') {
      expect(confirmations > 0 && now.confirmedAt !== null ? true : silence >= ATTEMPTS_BEFORE_CLOSING).toBe(
        true,
      )
    }
    const state: CaseState = stateAfter(action, now.state) ?? now.state
    if (action === 'confirm') confirmations += 1
    if (viewer === reporter || ['answer', 'still_failing'].includes(action)) silence = 0
    else if (action === 'log_attempt') silence += 1
    now = {
      ...now,
      state,
      confirmedAt:
        action === 'confirm'
          ? NOW
          : ['restore', 'still_failing', 'reopen'].includes(action)
            ? null
            : now.confirmedAt,
      contactAttempts: attemptsAfter(action, viewer.side, now.contactAttempts),
      closedAt: action === 'close' ? NOW : null,
      busyMinutesSinceRestored: BUSY_MINUTES,
    }
  }
  return now
}

describe('any sequence of actions', () => {
  const step = fc.record({
    action: fc.constantFrom(...ACTIONS),
    viewer: fc.constantFrom(agent, reporter, authority),
  })

  it('reaches closed only by a confirmation or three attempts', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        walk(steps)
      }),
      { numRuns: 500 },
    )
  })

  it('ends a verified failure of a vital number in closed, duplicate or an open state, never out of scope', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        expect(walk(steps).state).not.toBe('out_of_scope')
      }),
    )
  })

  it('leaves every state a way on: none is a trap', () => {
    for (const state of CASE_STATES) {
      const given = facts({
        state,
        verified: false,
        closedAt: NOW,
        confirmedAt: state === 'confirmed' ? NOW : null,
      })
      const moves = ACTIONS.filter(
        (action) =>
          judge(action, given, agent, NOW).allowed && (stateAfter(action, state) ?? state) !== state,
      )
      expect(moves, state).not.toHaveLength(0)
    }
    expect(isOpen('duplicate')).toBe(false)
  })
})
