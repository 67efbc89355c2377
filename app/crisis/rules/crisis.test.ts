import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CELL_STATES } from '#db/schema/crisis.ts'
import { decide, type OpenProposal } from './activation.ts'
import { type CellChange, changesFrom, mayChange } from './cell-state.ts'
import { clockFrom, earliest, minutesLeft, silenceActivatesAt } from './clock.ts'
import { LADDER, type LadderCall, nextStep, type Shift } from './ladder.ts'
import {
  gapsIn,
  type Judged,
  LONGEST_SHIFT_DAYS,
  MAY_HOLD,
  mayBeOnCall,
  overlaps,
  partOf,
  reachable,
} from './roster.ts'
import { clockValues } from './thresholds.ts'

const MINUTE = 60_000
const { clockMin, silenceBeforeEndMin, ladderStepMin, lateSteps } = clockValues()
const SILENCE = clockMin - silenceBeforeEndMin

/** An ordinary noon, then midnight, then the nights when the clocks of Paris go forward and back. */
const STARTS = [
  '2026-03-10T12:00:00Z',
  '2026-03-10T22:50:00Z',
  '2026-03-29T00:45:00Z',
  '2026-10-25T00:45:00Z',
]

describe.each(STARTS)('the thirty minutes from %s', (iso) => {
  const start = Date.parse(iso)
  const at = (min: number) => start + min * MINUTE
  const clock = clockFrom(start)

  it('end after thirty minutes of real time', () => {
    expect(minutesLeft(clock, start)).toBe(clockMin)
    expect(minutesLeft(clock, at(clockMin) - 1)).toBe(1)
    expect(minutesLeft(clock, at(clockMin))).toBe(0)
  })

  test.each([
    [0, SILENCE],
    [SILENCE, SILENCE],
    [SILENCE + 1, clockMin],
    [clockMin - 1, clockMin],
    [clockMin, clockMin + lateSteps * ladderStepMin],
    [700, 700 + lateSteps * ladderStepMin],
  ])('asked in minute %i, silence activates in minute %i', (asked, active) => {
    expect(silenceActivatesAt(clock, at(asked))).toBe(at(active))
  })

  const proposal = (change: Partial<OpenProposal> = {}): OpenProposal => ({
    ...{ key: 'R3b', level: 'crisis', proposedAt: at(6), clock, decision: null, reopenedAt: null, ...change },
  })
  const declined = { kind: 'declined', at: at(8), by: 'Lead', reason: 'Two known works' } as const
  const accepted = { kind: 'accepted', at: at(9), by: 'Director', reason: null } as const

  test.each<[string, number, OpenProposal[], object]>([
    ['nothing proposed', 29, [], { kind: 'wait' }],
    ['only an N3', 29, [proposal({ level: 'N3' })], { kind: 'wait' }],
    ['not yet proposed', 5, [proposal()], { kind: 'wait' }],
    ['nobody answers, one minute before', SILENCE - 1, [proposal()], { kind: 'ask', minutesLeft: 6 }],
    ['nobody answers', SILENCE, [proposal()], { kind: 'activate', by: 'silence', at: at(SILENCE) }],
    ['the worker woke late', 90, [proposal()], { kind: 'activate', by: 'silence', at: at(SILENCE) }],
    ['accepted', 9, [proposal({ decision: accepted })], { kind: 'activate', by: 'person', name: 'Director' }],
    ['declined', 29, [proposal({ decision: declined })], { kind: 'wait' }],
    ['declined, news in time', 20, [proposal({ decision: declined, reopenedAt: at(12) })], { kind: 'ask' }],
    [
      'declined, news in time, silence',
      SILENCE,
      [proposal({ decision: declined, reopenedAt: at(12) })],
      { kind: 'activate', by: 'silence', at: at(SILENCE) },
    ],
    [
      'declined, news after the end',
      41,
      [proposal({ decision: declined, reopenedAt: at(40) })],
      { kind: 'ask' },
    ],
    [
      'one declined, the other silent',
      SILENCE,
      [proposal({ decision: declined }), proposal({ key: 'R4' })],
      { kind: 'activate', proposal: 'R4' },
    ],
    [
      'declined after silence had activated',
      90,
      [proposal({ decision: { ...declined, at: at(SILENCE + 1) } })],
      { kind: 'activate', by: 'silence', at: at(SILENCE) },
    ],
    [
      'declined, re-opened, declined again',
      90,
      [proposal({ decision: { ...declined, at: at(43) }, reopenedAt: at(40) })],
      { kind: 'wait' },
    ],
    [
      'accepted after silence had activated',
      28,
      [proposal({ decision: { ...accepted, at: at(27) } })],
      { kind: 'activate', by: 'silence', at: at(SILENCE) },
    ],
  ])('%s', (_, minute, proposals, expected) => {
    expect(decide(at(minute), proposals)).toMatchObject(expected)
  })

  it('an activation stays what it is, whenever one looks again', () => {
    const first = decide(at(SILENCE), [proposal()])
    for (const minute of [26, 31, 600]) expect(decide(at(minute), [proposal()])).toEqual(first)
  })
})

it('of several clocks of a group the earliest counts, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 }), (starts) => {
      expect(earliest(starts.map((start) => clockFrom(start)))?.start).toBe(Math.min(...starts))
    }),
  )
  expect(earliest([])).toBeNull()
})

describe('the ladder', () => {
  const shift = (accountId: number, role: Shift['role'], rank = 1): Shift => ({
    ...{ accountId, name: `P${accountId}`, role, rank, from: 0, to: 1000 * MINUTE },
  })
  const roster = [shift(1, 'director'), shift(2, 'director', 2), shift(3, 'lead'), shift(3, 'admin')]
  const call = (accountId: number, min: number, answered: number | null = null): LadderCall => ({
    accountId,
    at: min * MINUTE,
    answeredAt: answered === null ? null : answered * MINUTE,
  })
  const T = ladderStepMin
  test.each<[string, number, LadderCall[], object]>([
    ['first the director', 0, [], { kind: 'call', accountId: 1, round: 1 }],
    ['it rings', T - 1, [call(1, 0)], { kind: 'ringing', accountId: 1, nextAt: T * MINUTE }],
    ['silence: the deputy', T, [call(1, 0)], { kind: 'call', accountId: 2, round: 1 }],
    ['then the lead', 2 * T, [call(1, 0), call(2, T)], { kind: 'call', accountId: 3, round: 1 }],
    [
      'one person is called once a round',
      3 * T,
      [call(1, 0), call(2, T), call(3, 2 * T)],
      { accountId: 1, round: 2 },
    ],
    ['answered', 7, [call(1, 0), call(2, 5, 6)], { kind: 'answered', accountId: 2 }],
    ['called by a clock ahead of this one: it rings', 0, [call(1, 1)], { kind: 'ringing', accountId: 1 }],
    ['answered by a clock ahead of this one', T, [call(1, 0, T + 1)], { kind: 'answered', accountId: 1 }],
    ['nobody on the roster', 1000, [], { kind: 'nobody' }],
  ])('%s', (_, minute, calls, expected) => {
    expect(nextStep(minute * MINUTE, 4, roster, calls)).toMatchObject(expected)
  })
  it('a crisis wakes a director first', () => expect(LADDER[4][0]).toBe('director'))
})

describe('the roster', () => {
  const held = (from: number, to: number, unfit: Judged['unfit'] = null): Judged => ({
    unfit,
    accountId: 1,
    name: 'P',
    role: 'lead',
    rank: 1,
    from,
    to,
  })
  test.each([
    ['nobody', [], [[0, 100]]],
    ['held by one who cannot be called', [held(0, 50), held(50, 100, { key: 'x' })], [[50, 100]]],
    ['and by another who can', [held(0, 100, { key: 'x' }), held(0, 100)], []],
    ['end to end', [held(0, 50), held(50, 100)], []],
    ['one missing between', [held(0, 40), held(50, 120)], [[40, 50]]],
    ['a long one over a short one', [held(0, 90), held(10, 20)], [[90, 100]]],
    [
      'before and after',
      [held(10, 90)],
      [
        [0, 10],
        [90, 100],
      ],
    ],
  ])('gaps: %s', (_, shifts, gaps) => {
    expect(gapsIn(shifts, 0, 100, ['lead']).map((gap) => [gap.from, gap.to])).toEqual(gaps)
  })
  it('a gap in each role is its own', () => expect(gapsIn([held(0, 100)], 0, 100)).toHaveLength(2))
  it('sees a double entry', () => {
    expect(overlaps([held(0, 10)], held(9, 20))).not.toBeNull()
    expect(overlaps([held(0, 10)], held(10, 20))).toBeNull()
  })
  const way = (value: string, verifiedAt: number | null) => ({ kind: 'mobile' as const, value, verifiedAt })
  test.each([
    ['two', [way('01 99 00 00 01', 1), way('a@example.org', 1)], true],
    ['one', [way('0199000001', 1)], false],
    ['the same written twice', [way('01 99 00 00 01', 1), way('0199000001', 1)], false],
    [
      'two, and none that rings',
      [
        { ...way('a@example.org', 1), kind: 'email' as const },
        { ...way('99', 1), kind: 'pager' as const },
      ],
      false,
    ],
    ['the second not proved', [way('0199000001', 1), way('0199000002', null)], false],
  ])('on call with %s', (_, ways, allowed) => expect(reachable(ways, 5).allowed).toBe(allowed))
})

describe('who may hold a shift', () => {
  const ways = [
    { kind: 'mobile' as const, value: '0199000001', verifiedAt: 1 },
    { kind: 'email' as const, value: 'a@example.org', verifiedAt: 1 },
  ]
  const holder = (given = {}) => ({ active: true, role: 'director' as const, ways, ...given })
  test.each([
    ['a director', holder(), true],
    ['a lead, who decides the same', holder({ role: 'lead' }), true],
    ['an agent, who does not', holder({ role: 'agent' }), 'wrong_role'],
    ['one whose account is out of use', holder({ active: false }), 'deactivated'],
    [
      'one without a telephone',
      holder({ ways: [ways[1], { ...ways[1], value: 'b@example.org' }] }),
      'no_telephone',
    ],
    ['one with a single way', holder({ ways: [ways[0]] }), 'two_ways'],
  ] as [string, Parameters<typeof mayBeOnCall>[0], string | true][])(
    'of a director: %s',
    (_, who, expected) => {
      const verdict = mayBeOnCall(who, 'director', 5)
      expect(verdict.allowed ? true : verdict.key).toBe(
        expected === true ? true : `triggers.roster.${expected}`,
      )
    },
  )
  it('whoever answers the line is no agent of another house', () => {
    for (const roles of Object.values(MAY_HOLD)) expect(roles).not.toContain('reporter')
    expect(LONGEST_SHIFT_DAYS).toBeLessThan(31)
  })

  const held = { from: 100 * MINUTE, to: 200 * MINUTE }
  test.each([
    ['before it begins, all of it', 0, [null, null], [100, 200]],
    ['while it runs, what is left', 150, [null, null], [150, 200]],
    ['a part in the middle', 0, [120, 140], [120, 140]],
    ['from now, a moment ago when it arrives', 150.5, [150, null], [150.5, 200]],
    ['from an hour that is over', 160, [150, null], 'fromAt'],
    ['from before it begins', 0, [90, null], 'fromAt'],
    ['until after it ends', 0, [null, 201], 'toAt'],
    ['nothing', 0, [120, 120], 'toAt'],
  ] as [string, number, [number | null, number | null], [number, number] | string][])(
    'a swap: %s',
    (_, now, [from, to], expected) => {
      const at = (minute: number | null) => (minute === null ? null : minute * MINUTE)
      const part = partOf(held, { from: at(from), to: at(to) }, now * MINUTE)
      expect(part.ok ? [part.part.from / MINUTE, part.part.to / MINUTE] : part.field).toEqual(expected)
    },
  )
})

describe('the state of the cell', () => {
  const change = (
    from: CellChange['from'],
    to: CellChange['to'],
    more: Partial<CellChange> = {},
  ): CellChange => ({
    ...{ from, to, by: 'Lead', why: 'Because', toldTo: ['COGIC'], openCasesAboveN1: 0, ...more },
  })
  test.each<[string, CellChange, string | true]>([
    ['into crisis by the machine', change('permanent_watch', 'crisis', { by: null, toldTo: [] }), true],
    ['out of crisis by the machine', change('crisis', 'leaving_crisis', { by: null }), 'person_needed'],
    ['straight from crisis to quiet', change('crisis', 'permanent_watch'), 'not_from_here'],
    ['straight to stand-by', change('crisis', 'stand_by'), 'not_from_here'],
    ['to stand-by', change('leaving_crisis', 'stand_by'), true],
    [
      'to stand-by with one open case',
      change('leaving_crisis', 'stand_by', { openCasesAboveN1: 1 }),
      'open_cases',
    ],
    ['without a reason', change('crisis', 'leaving_crisis', { why: ' ' }), 'why_needed'],
    ['nobody told', change('crisis', 'leaving_crisis', { toldTo: [] }), 'told_needed'],
  ])('%s', (_, asked, expected) => {
    const verdict = mayChange(asked)
    expect(verdict.allowed ? true : verdict.key).toBe(expected === true ? true : `triggers.cell.${expected}`)
  })
  it('crisis is reached from every other state in one step', () => {
    for (const state of CELL_STATES) if (state !== 'crisis') expect(changesFrom(state)).toContain('crisis')
  })
})
