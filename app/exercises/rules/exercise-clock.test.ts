import { describe, expect, test } from 'vitest'
import { exerciseTime, LONGEST_LEAP_MS, stopsBetween } from './exercise-clock.ts'

const t0 = Date.parse('2021-06-02T14:45:00Z')
const wall = Date.parse('2026-11-23T06:00:00Z')
const clock = { t0, minute: 12, tickedAt: wall, speed: 1, running: true }
const shown = (at: number) => new Date(at).toISOString().slice(11, 19)

describe('the watch inside an exercise', () => {
  test.each([
    ['at the tick', clock, 0, '14:57:00'],
    ['in real time', clock, 3_000, '14:57:03'],
    ['ten times faster', { ...clock, speed: 10 }, 3_000, '14:57:30'],
    ['as fast as it goes: as far as was played', { ...clock, speed: 0 }, 3_000, '14:57:00'],
    ['stopped', { ...clock, running: false }, 3_000, '14:57:00'],
    ['while nobody plays', clock, LONGEST_LEAP_MS + 60_000, '14:57:05'],
    ['never backwards', clock, -60_000, '14:57:00'],
  ])('%s', (_, one, later, expected) => {
    expect(shown(exerciseTime(one, wall + later))).toBe(expected)
  })
})

test.each([
  [2, 2, []],
  [2, 2.4, [2.4]],
  [1.9, 2.4, [2, 2.4]],
  [-1, 2, [0, 1, 2]],
  [-0.5, 0, [0]],
])('from minute %d to %d by %j', (from, to, stops) => {
  expect(stopsBetween(from, to)).toEqual(stops)
})
