import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALL_EVENTS, type HeardEvents } from '#db/schema/call.ts'
import { callNow, RINGS_AT_MOST_S, TALKS_AT_MOST_S, waitedS } from './call.ts'

const T = Date.parse('2026-06-02T14:45:00Z')
const s = (n: number) => T + n * 1_000

describe('what is true of a call', () => {
  it.each<[string, HeardEvents, 'in' | 'out', number, string, number]>([
    ['rings', { newCall: { at: T } }, 'in', 5, 'ringing', 5],
    ['is answered', { newCall: { at: T }, answer: { at: s(8), user: '201' } }, 'in', 20, 'talking', 8],
    [
      'is answered and ends',
      {
        newCall: { at: T },
        answer: { at: s(8), user: '201' },
        hangup: { at: s(60), cause: 'normalClearing' },
      },
      'in',
      90,
      'ended',
      8,
    ],
    [
      'is not answered',
      { newCall: { at: T }, hangup: { at: s(30), cause: 'cancel' } },
      'in',
      31,
      'missed',
      30,
    ],
    ['finds every line busy', { newCall: { at: T }, hangup: { at: T, cause: 'busy' } }, 'in', 1, 'missed', 0],
    [
      'is passed on to another telephone',
      { newCall: { at: T }, hangup: { at: s(30), cause: 'forwarded' } },
      'in',
      31,
      'forwarded',
      30,
    ],
    [
      'goes out and nobody answers',
      { newCall: { at: T }, hangup: { at: s(40) } },
      'out',
      41,
      'unanswered',
      40,
    ],
    ['goes out and is answered', { newCall: { at: T }, answer: { at: s(9) } }, 'out', 10, 'talking', 9],
    ['is told at its end alone, unanswered', { hangup: { at: s(25), startedAt: T } }, 'in', 26, 'missed', 25],
    [
      'is told at its end alone, with how long was talked',
      { hangup: { at: s(70), startedAt: T, duration: 60 } },
      'in',
      71,
      'ended',
      10,
    ],
    ['is told at its end alone, and nothing else', { hangup: { at: T } }, 'in', 1, 'missed', 0],
    ['still rings at the last second', { newCall: { at: T } }, 'in', RINGS_AT_MOST_S - 1, 'ringing', 179],
    ['rings for ever', { newCall: { at: T } }, 'in', RINGS_AT_MOST_S, 'missed', 180],
    ['rings for ever on its way out', { newCall: { at: T } }, 'out', RINGS_AT_MOST_S, 'unanswered', 180],
    ['is talked for ever', { answer: { at: T } }, 'in', TALKS_AT_MOST_S, 'ended', 0],
    [
      'is answered after its end was told',
      { newCall: { at: T }, hangup: { at: s(3) }, answer: { at: s(4), user: '201' } },
      'in',
      5,
      'ended',
      4,
    ],
  ])('%s', (_, heard, direction, after, state, waited) => {
    const now = callNow(heard, direction, s(after))
    expect(now.state).toBe(state)
    expect(waitedS(now, s(after))).toBe(waited)
  })

  it('says who answered, not who was rung', () => {
    const rung = { newCall: { at: T, user: 'all' } }
    expect(callNow(rung, 'in', s(1)).user).toBeNull()
    expect(callNow({ ...rung, answer: { at: s(1), user: '201' } }, 'in', s(2)).user).toBe('201')
  })

  it('is the same in whatever order and however often it was heard', () => {
    const event = fc.record({ event: fc.constantFrom(...CALL_EVENTS), at: fc.integer({ min: 0, max: 200 }) })
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 400 }),
        (all, after) => {
          const first = new Map(all.map(({ event: name, at }) => [name, { at: s(at) }]))
          const forth = Object.fromEntries(first)
          const back = Object.fromEntries([...first].reverse())
          const told = callNow(forth, 'in', s(after))
          expect(callNow(back, 'in', s(after))).toEqual(told)
          // Nothing begins after it ends, and a call is in one state at a time.
          expect(told.endedAt === null || told.endedAt >= told.startedAt).toBe(true)
          expect(told.answeredAt === null || told.answeredAt >= told.startedAt).toBe(true)
          expect(waitedS(told, s(after))).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
