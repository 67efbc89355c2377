import { expect, test } from 'vitest'
import { type Entered, entryOf, idOf, isInside } from './entry.ts'

const at = (ms: number) => new Date(Date.UTC(2026, 10, 28, 12) + ms)
const running = (setAsideAt: Date | null = null): Entered => ({ id: 7, state: 'running', setAsideAt })

test.each<[string, string, Entered, boolean]>([
  ['entered, and it plays', entryOf(running()), running(), true],
  ['set aside by a real report', entryOf(running()), { ...running(at(0)), state: 'set_aside' }, false],
  ['it goes on without him', entryOf(running()), running(at(0)), false],
  ['entered again since it goes on', entryOf(running(at(0))), running(at(0)), true],
  ['set aside once more, a thousandth later', entryOf(running(at(0))), running(at(1)), false],
  ['stopped', entryOf(running()), { ...running(), state: 'stopped' }, false],
  ['at its end', entryOf(running()), { ...running(), state: 'finished' }, false],
  ['another one', entryOf({ ...running(), id: 8 }), running(), false],
  ['an entry of before, without what was known', '7', running(), false],
  ['what is no entry', 'x', running(), false],
])('%s', (_, entry, exercise, inside) => {
  expect(isInside(entry, exercise)).toBe(inside)
})

test('an entry says which one it is of', () => {
  expect(idOf(entryOf(running(at(0))))).toBe(7)
  expect(idOf('7')).toBe(7)
  expect(idOf('x')).toBeNaN()
})
