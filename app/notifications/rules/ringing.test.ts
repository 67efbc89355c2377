import { describe, expect, it, test } from 'vitest'
import {
  CALL_LOST_S,
  type CallEnd,
  dialAgain,
  NO_KEY_AGAIN_S,
  RING_AGAIN_S,
  RINGS_OF_OTHERS,
  ringingPlan,
  VOICE_AFTER_S,
} from './ringing.ts'

const way = (channel: string, id: number) => ({ channel, id })

describe('what rings when', () => {
  test.each([
    ['one of each', [way('sms', 1), way('push', 2), way('voice', 1)], [0, 0, VOICE_AFTER_S]],
    ['two telephones', [way('voice', 1), way('sms', 1), way('voice', 2)], [60, 0, 90]],
    ['three', [way('voice', 1), way('voice', 2), way('voice', 3)], [60, 80, 100]],
    ['nothing that rings', [way('sms', 1)], [0]],
    ['nothing', [], []],
  ])('%s', (_, ways, after) => {
    expect(ringingPlan(ways).map((one) => one.afterS)).toEqual(after)
  })
})

/** Midnight, and the nights when the clocks of Paris go forward and back: minutes are of real time. */
describe.each([
  '2026-03-10T22:59:30Z',
  '2026-12-31T22:59:30Z',
  '2026-03-29T00:59:30Z',
  '2026-10-25T00:59:30Z',
])('a call begun at %s', (iso) => {
  const began = Date.parse(iso)
  test.each<[string, string, CallEnd, number, number, number | null]>([
    ['rang out: at the next minute', 'crisis_called', 'no_answer', 1, 30, RING_AGAIN_S],
    ['busy at once: at the next minute', 'crisis_called', 'busy', 1, 1, RING_AGAIN_S],
    ['longer than a minute: soon', 'crisis_called', 'no_answer', 1, 70, 70 + NO_KEY_AGAIN_S],
    ['picked up without a key: soon', 'crisis_called', 'no_key', 1, 25, 25 + NO_KEY_AGAIN_S],
    ['the ladder never stops', 'crisis_called', 'no_answer', 500, 30, RING_AGAIN_S],
    ['nobody told: soon', 'crisis_called', 'unknown', 3, CALL_LOST_S, CALL_LOST_S + NO_KEY_AGAIN_S],
    ['another message, the last but one', 'notice_issued', 'busy', RINGS_OF_OTHERS - 1, 5, RING_AGAIN_S],
    ['a code that somebody waits for: he asks again', 'way_code', 'no_answer', 1, 30, null],
    ['another message, the last', 'notice_issued', 'busy', RINGS_OF_OTHERS, 5, null],
  ])('%s', (_, kind, end, calls, endedS, againS) => {
    const again = dialAgain(kind, end, calls, began, began + endedS * 1000)
    expect(again === null ? null : (again - began) / 1000).toBe(againS)
  })
})

it('a call is not given up while its sentence can still be heard', () => {
  expect(CALL_LOST_S).toBeGreaterThan(RING_AGAIN_S)
})
