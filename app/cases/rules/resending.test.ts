import { describe, expect, test } from 'vitest'
import type { CaseState } from '#db/schema/cases.ts'
import { REOPEN_WITHIN_HOURS } from './permissions.ts'
import { type First, judgeResending, type Resending, SENT_AGAIN_WITHIN_MIN } from './resending.ts'

const now = new Date('2026-11-23T20:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const DAY = REOPEN_WITHIN_HOURS * 60
const first = (state: CaseState, over: Partial<First> = {}): First => ({
  state,
  receivedAt: ago(3 * DAY),
  closedAt: state === 'closed' ? ago(60) : null,
  originalOpen: true,
  ...over,
})
const machine = { byMachine: true }
const person = { byMachine: false }

describe('the same content again, from a machine', () => {
  test.each<[string, First, Resending]>([
    ['not yet acknowledged', first('received'), 'same'],
    ['acknowledged', first('acknowledged'), 'same'],
    ['being checked', first('checking'), 'same'],
    ['diagnosed', first('diagnosed'), 'same'],
    ['with a workaround', first('workaround'), 'same'],
    ['waiting for its reporter', first('waiting_reporter'), 'same'],
    ['said restored by the operator', first('restored'), 'fails_again'],
    ['confirmed by the reporter', first('confirmed'), 'fails_again'],
    ['closed, to the last minute of a day', first('closed', { closedAt: ago(DAY) }), 'fails_again'],
    ['closed for longer', first('closed', { closedAt: new Date(+ago(DAY) - 1) }), 'new_case'],
    ['closed, nobody knows when', first('closed', { closedAt: null }), 'new_case'],
    ['a duplicate of a case that is open', first('duplicate'), 'same'],
    ['a duplicate of a case that is over', first('duplicate', { originalOpen: false }), 'new_case'],
    ['found out of scope', first('out_of_scope'), 'new_case'],
  ])('%s', (_, found, expected) => {
    expect(judgeResending(found, { sameContent: true, ...machine }, now)).toBe(expected)
  })

  test.each<[string, number, Resending]>([
    ['a moment before the time of a retry ends', SENT_AGAIN_WITHIN_MIN - 0.001, 'same'],
    ['when it ends', SENT_AGAIN_WITHIN_MIN, 'fails_again'],
  ])('restored at once: %s', (_, minutes, expected) => {
    const found = first('restored', { receivedAt: ago(minutes) })
    expect(judgeResending(found, { sameContent: true, ...machine }, now)).toBe(expected)
  })
})

const STATES: CaseState[] = [
  'received',
  'acknowledged',
  'checking',
  'diagnosed',
  'workaround',
  'waiting_reporter',
  'restored',
  'confirmed',
]

test.each([...STATES, 'closed', 'duplicate', 'out_of_scope'] as CaseState[])(
  'the same content again, from a person, is the same case: %s',
  (state) => {
    expect(judgeResending(first(state), { sameContent: true, ...person }, now)).toBe('same')
  },
)

describe('another content under the same key', () => {
  test.each([
    ...STATES.map((state) => [state, first(state), 'otherwise'] as const),
    ['a duplicate of an open case', first('duplicate'), 'otherwise'] as const,
    ['a duplicate of one that is over', first('duplicate', { originalOpen: false }), 'new_case'] as const,
    ['closed a minute ago', first('closed', { closedAt: ago(1) }), 'new_case'] as const,
    ['out of scope', first('out_of_scope'), 'new_case'] as const,
  ])('%s', (_, found, expected) => {
    for (const by of [machine, person])
      expect(judgeResending(found, { sameContent: false, ...by }, now)).toBe(expected)
  })

  test('even at once: what was corrected in the second is not thrown away', () => {
    const found = first('received', { receivedAt: now })
    expect(judgeResending(found, { sameContent: false, ...machine }, now)).toBe('otherwise')
  })
})
