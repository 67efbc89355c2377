import { describe, expect, it } from 'vitest'
import { LEVELS } from '#db/schema/cases.ts'
import {
  clocksFrom,
  DIRECTOR_AFTER_MIN,
  type DueFacts,
  judgePromise,
  LEVEL_CLOCK,
  LONGEST_WAIT_MIN,
  nextDeadline,
  owed,
  queueRank,
  REMIND_EVERY_MIN,
} from './deadlines.ts'

const T0 = new Date('2026-03-29T00:30:00Z') // half an hour before the clocks go forward in Paris
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)

function due(given: Partial<DueFacts> = {}): DueFacts {
  return {
    state: 'received',
    level: 2,
    receivedAt: T0,
    acknowledgedAt: null,
    ackDueAt: at(5),
    checkDueAt: at(10),
    nextContactAt: at(60),
    ackMissedAt: null,
    checkMissedAt: null,
    promiseMissedAt: null,
    stillFailingAt: null,
    escalation: 0,
    ...given,
  }
}

describe('what is owed', () => {
  it.each(LEVELS)('N%i counts elapsed minutes, also over a change of hour', (level) => {
    const { ackMin, checkMin } = LEVEL_CLOCK[level]
    expect(clocksFrom(level, T0)).toEqual({
      ackDueAt: at(ackMin),
      checkDueAt: checkMin === null ? null : at(checkMin),
    })
  })

  it('comes in the order of the hours, without what is done or told', () => {
    expect(owed(due()).map((one) => one.due)).toEqual(['ack', 'check', 'promise'])
    expect(owed(due({ state: 'acknowledged', acknowledgedAt: at(2) })).map((one) => one.due)).toEqual([
      'check',
      'promise',
    ])
    expect(owed(due({ checkMissedAt: at(10), checkDueAt: at(10) })).map((one) => one.due)).toEqual([
      'ack',
      'promise',
    ])
    expect(owed(due({ state: 'closed' }))).toEqual([])
  })

  it('is told to the lead, five minutes later to the director, then every half hour while nothing moves', () => {
    const missed = due({
      acknowledgedAt: at(1),
      ackDueAt: null,
      checkDueAt: null,
      state: 'acknowledged',
      promiseMissedAt: at(60),
    })
    expect(nextDeadline({ ...missed, escalation: 1 })).toEqual(at(60 + DIRECTOR_AFTER_MIN))
    expect(nextDeadline({ ...missed, escalation: 2 })).toEqual(at(60 + DIRECTOR_AFTER_MIN + REMIND_EVERY_MIN))
    expect(nextDeadline({ ...missed, promiseMissedAt: null, nextContactAt: at(120) })).toEqual(at(120))
  })
})

describe('a promise', () => {
  const N3 = LEVEL_CLOCK[3].updateMin
  it.each([
    ['of now is none', at(0), 'checking', 'cases.refused.promise_past'],
    ['of the next minute', at(1), 'checking', null],
    ['at the limit of the level', at(N3), 'checking', null],
    ['past the limit and its minute of grace', at(N3 + 2), 'checking', 'cases.refused.promise_too_far'],
    ['may be longer while the reporter is awaited', at(LONGEST_WAIT_MIN), 'restored', null],
    ['but not longer than a day', at(LONGEST_WAIT_MIN + 2), 'restored', 'cases.refused.promise_too_far'],
  ] as const)('%s', (_, promise, state, key) => {
    const verdict = judgePromise(promise, state, 3, T0)
    expect(verdict.ok ? null : verdict.key).toBe(key)
  })
})

describe('place in the queue', () => {
  it.each([
    ['missed promise', due({ state: 'acknowledged', promiseMissedAt: T0 }), 0],
    ['still failing', due({ state: 'checking', stillFailingAt: T0 }), 0],
    ['not acknowledged', due(), 1],
    ['the rest', due({ state: 'checking' }), 2],
  ])('%s', (_, given, rank) => {
    expect(queueRank(given)).toBe(rank)
  })
})
