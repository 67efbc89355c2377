import { expect, test } from 'vitest'
import { sinceAt } from './since.ts'

const now = new Date('2026-11-23T16:00:00Z')
const exact = new Date('2026-11-23T14:20:00Z')

test.each([
  ['now', '0', null, now],
  ['a quarter of an hour ago', '15', null, new Date('2026-11-23T15:45:00Z')],
  ['a quick choice wins over an hour typed before it', '60', exact, new Date('2026-11-23T15:00:00Z')],
  ['another moment', 'other', exact, exact],
  ['an hour typed without a choice', null, exact, exact],
  ['another moment, which nobody knows', 'other', null, null],
] as const)('%s', (_, choice, typed, expected) => {
  expect(sinceAt(choice, typed, now)).toEqual(expected)
})
