import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUSY_FROM_HOUR, BUSY_TO_HOUR, busyMinutes, isEveningPeak } from './busy-hours.ts'

const PARIS = 'Europe/Paris'
const DAY = (BUSY_TO_HOUR - BUSY_FROM_HOUR) * 60

describe('minutes of busy hours between two instants', () => {
  it.each([
    // In winter Paris is an hour before UTC: nine o’clock is 08:00Z.
    ['from before nine', '2026-11-23T07:50Z', '2026-11-23T09:00Z', PARIS, 60],
    ['ending at nine', '2026-11-23T07:00Z', '2026-11-23T08:00Z', PARIS, 0],
    ['the first minute', '2026-11-23T07:59Z', '2026-11-23T08:01Z', PARIS, 1],
    ['not yet a whole minute', '2026-11-23T08:00:00Z', '2026-11-23T08:00:59Z', PARIS, 0],
    ['seconds on both sides', '2026-11-23T08:00:30Z', '2026-11-23T08:02:29Z', PARIS, 1],
    ['seconds that end a quarter', '2026-11-23T08:14:45Z', '2026-11-23T08:15:45Z', PARIS, 1],
    ['the last minute', '2026-11-23T19:59Z', '2026-11-23T20:30Z', PARIS, 1],
    ['at twenty-one no more', '2026-11-23T20:00Z', '2026-11-24T08:00Z', PARIS, 0],
    ['a whole day', '2026-11-23T00:00Z', '2026-11-24T00:00Z', PARIS, DAY],
    ['across a night', '2026-11-23T19:30Z', '2026-11-24T08:10Z', PARIS, 40],
    ['nothing', '2026-11-23T10:00Z', '2026-11-23T10:00Z', PARIS, 0],
    ['backwards', '2026-11-23T11:00Z', '2026-11-23T10:00Z', PARIS, 0],
    // 29 March 2026: the night is an hour short, nine o’clock comes at 07:00Z.
    ['the clock goes forward in the night', '2026-03-28T19:30Z', '2026-03-29T07:10Z', PARIS, 40],
    ['a day of twenty-three hours', '2026-03-28T23:00Z', '2026-03-29T22:00Z', PARIS, DAY],
    // 25 October 2026: the night is an hour long, nine o’clock comes at 08:00Z.
    ['the clock goes back in the night', '2026-10-24T18:30Z', '2026-10-25T08:10Z', PARIS, 40],
    ['a day of twenty-five hours', '2026-10-24T22:00Z', '2026-10-25T23:00Z', PARIS, DAY],
    ['in La Réunion', '2026-11-23T04:50Z', '2026-11-23T06:00Z', 'Indian/Reunion', 60],
    [
      'in the Marquesas, half an hour aside',
      '2026-11-23T18:20Z',
      '2026-11-23T18:40Z',
      'Pacific/Marquesas',
      10,
    ],
  ])('%s', (_, from, to, zone, minutes) => {
    expect(busyMinutes(new Date(from), new Date(to), zone, 10_000)).toBe(minutes)
  })

  it('stops when there is enough', () => {
    const [from, to] = [new Date('2026-11-23T07:50Z'), new Date('2026-11-30T10:00Z')]
    expect(busyMinutes(from, to, PARIS, 60)).toBe(60)
  })

  it('is the same counted at once or in two parts, wherever it is cut', () => {
    const start = Date.parse('2026-03-28T00:00Z')
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 * 1440 }), { minLength: 3, maxLength: 3 }),
        (minutes) => {
          const [a, b, c] = minutes.toSorted((x, y) => x - y).map((one) => new Date(start + one * 60_000))
          if (!a || !b || !c) return
          const count = (from: Date, to: Date) => busyMinutes(from, to, PARIS, 10_000)
          expect(count(a, b) + count(b, c)).toBe(count(a, c))
        },
      ),
    )
  })
})

it.each([
  ['17:59', '2026-11-23T16:59:59Z', false],
  ['18:00', '2026-11-23T17:00Z', true],
  ['19:59', '2026-11-23T18:59:59Z', true],
  ['20:00', '2026-11-23T19:00Z', false],
  ['18:00 in summer', '2026-07-23T16:00Z', true],
])('at %s in Paris the evening peak is %s %s', (_, at, peak) => {
  expect(isEveningPeak(new Date(at), PARIS)).toBe(peak)
})
