import { describe, expect, test } from 'vitest'
import { type Alarm, type AlarmKind, inOrder, REPEAT_MS, soundNow } from './alarms.ts'

const NOW = 1_000_000
const alarm = (kind: AlarmKind, at: number, key = `${kind}:${at}`): Alarm => ({
  ...{ key, kind, at, reference: null, what: 'x' },
})

test('a decision before a grave case before a broken promise, and the oldest first', () => {
  const given = [alarm('promise', 1), alarm('grave', 9), alarm('grave', 3), alarm('decision', 20)]
  expect(inOrder(given).map(({ key }) => key)).toEqual(['decision:20', 'grave:3', 'grave:9', 'promise:1'])
})

describe('what sounds now', () => {
  const decision = alarm('decision', 1)
  const grave = alarm('grave', 2)
  const promise = alarm('promise', 3)
  const T = NOW - REPEAT_MS
  test.each<[string, Alarm[], Alarm[], number | null, AlarmKind | null]>([
    ['nothing is open', [], [], null, null],
    ['one is new', [grave], [], null, 'grave'],
    [
      'forty are new: one sound',
      Array.from({ length: 40 }, (_, at) => alarm('grave', at)),
      [],
      null,
      'grave',
    ],
    ['a lesser one is new beside a known grave one', [grave, promise], [grave], NOW - 1, 'promise'],
    ['two are new: the gravest', [promise, decision], [], null, 'decision'],
    ['known, and heard less than a minute ago', [grave], [grave], T + 1, null],
    ['known, and heard a minute ago', [grave], [grave], T, 'grave'],
    ['known, a minute ago: the gravest of all', [promise, decision], [promise, decision], T, 'decision'],
    ['known from another page, never heard here', [grave], [grave], null, 'grave'],
  ])('%s', (_, open, known, last, expected) => {
    expect(soundNow(open, new Set(known.map(({ key }) => key)), last, NOW)).toBe(expected)
  })
})
