import { describe, expect, it } from 'vitest'
import { LEVELS } from '#db/schema/cases.ts'
import {
  clocksFrom,
  DIRECTOR_AFTER_MIN,
  type DueFacts,
  GRAVE_LEVEL,
  isOverdue,
  judgePromise,
  LEVEL_CLOCK,
  LONGEST_WAIT_MIN,
  nextDeadline,
  owed,
  owedWhenRaised,
  QUEUE_PLACES,
  queuePlace,
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

describe('what is owed when a case is raised', () => {
  const N1 = { level: 1, ackDueAt: at(15), checkDueAt: null, nextContactAt: at(240) } as const
  type Raised = Parameters<typeof owedWhenRaised>[0]
  it.each<[string, Partial<Raised>, Partial<Raised>]>([
    ['N1, unread', {}, {}],
    ['N1, read', { acknowledgedAt: T0, ackDueAt: null }, { ackDueAt: null }],
    ['N1, restored', { restoredAt: T0 }, { checkDueAt: null }],
    ['N2, its tests owed since', { level: 2, checkDueAt: at(3) }, { checkDueAt: at(3) }],
    ['N2, tested', { level: 2 }, { checkDueAt: null }],
    [
      'owed sooner already',
      { ackDueAt: at(1), nextContactAt: at(2) },
      { ackDueAt: at(1), nextContactAt: at(2) },
    ],
    ['missed, it stays missed', { nextContactAt: at(-1) }, { nextContactAt: at(-1) }],
  ])('%s', (_, given, expected) => {
    const row: Raised = { ...due(), restoredAt: null, ...N1, ...given }
    expect(owedWhenRaised(row, 3, T0)).toEqual({
      ackDueAt: at(LEVEL_CLOCK[3].ackMin),
      checkDueAt: at(LEVEL_CLOCK[3].checkMin ?? 0),
      nextContactAt: at(LEVEL_CLOCK[3].updateMin),
      ...expected,
    })
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
  const grave = (given: Partial<DueFacts>) => due({ level: GRAVE_LEVEL, ...given })
  it.each([
    ['still failing', due({ state: 'checking', stillFailingAt: T0 }), 'still_failing', true],
    [
      'still failing and late',
      due({ state: 'checking', stillFailingAt: T0, promiseMissedAt: T0 }),
      'still_failing',
      true,
    ],
    ['still failing, grave', grave({ state: 'restored', stillFailingAt: T0 }), 'still_failing', true],
    ['a grave one not acknowledged', grave({}), 'grave_unanswered', false],
    ['a grave one not acknowledged in time', grave({ ackMissedAt: T0 }), 'grave_late', true],
    ['a grave one, missed promise', grave({ state: 'checking', promiseMissedAt: T0 }), 'grave_late', true],
    ['the gravest, being worked on', due({ level: 4, state: 'checking' }), 'grave_worked', false],
    ['a grave one that waits for its reporter', grave({ state: 'restored' }), 'rest', false],
    ['missed promise', due({ state: 'acknowledged', promiseMissedAt: T0 }), 'late', true],
    [
      'missed promise, waiting for its reporter',
      due({ state: 'restored', promiseMissedAt: T0 }),
      'late',
      true,
    ],
    ['not acknowledged', due(), 'unanswered', false],
    ['one level below grave', due({ level: 2, state: 'checking' }), 'rest', false],
  ] as const)('%s', (_, given, place, overdue) => {
    expect(queuePlace(given)).toBe(place)
    expect(isOverdue(queueRank(given))).toBe(overdue)
  })

  it('what is still failing is first, and forty late ones stand below one grave one', () => {
    const all = [
      ...Array.from({ length: 40 }, () => due({ promiseMissedAt: T0 })),
      grave({ state: 'checking' }),
      due({ state: 'checking', stillFailingAt: T0 }),
    ]
    const first = all.toSorted((a, b) => queueRank(a) - queueRank(b)).slice(0, 3)
    expect(first.map(queuePlace)).toEqual(['still_failing', 'grave_worked', 'late'])
    expect(QUEUE_PLACES).toHaveLength(7)
  })
})
