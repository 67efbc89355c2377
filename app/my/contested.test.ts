import { expect, test } from 'vitest'
import { contestedBy } from './contested.ts'

const hour = (n: number) => new Date(Date.UTC(2026, 10, 26, n))
const line = (event: string, n: number) => ({
  at: hour(n),
  factAt: null as Date | null,
  event,
  byId: 1,
  who: 'Nora',
  side: 'reporter' as const,
})
/** Said one an hour, read the newest first. */
const contested = (...events: string[]) => contestedBy(events.map(line).reverse())

test.each<[string, string[], [restored: number, by: number] | null]>([
  ['nothing was restored', ['case.reported'], null],
  ['never restored, still failing', ['case.waiting_reporter', 'case.still_failing'], null],
  ['restored, not contested', ['case.reported', 'case.restored', 'case.updated'], null],
  ['restored, then still failing', ['case.restored', 'case.still_failing', 'case.updated'], [0, 1]],
  ['said again', ['case.restored', 'case.still_failing', 'case.still_failing'], [0, 2]],
  ['contested, then restored anew', ['case.restored', 'case.still_failing', 'case.restored'], null],
  ['contested, then confirmed', ['case.restored', 'case.still_failing', 'case.confirmed'], null],
  ['confirmed, then still failing', ['case.restored', 'case.confirmed', 'case.still_failing'], [0, 2]],
])('%s', (_, events, expected) => {
  const found = contested(...events)
  expect(found && [found.restoredAt, found.by.at]).toEqual(expected?.map(hour) ?? null)
})

test('restored at the hour that the operator says, not when he said it', () => {
  const restored = { ...line('case.restored', 2), factAt: hour(1) }
  expect(contestedBy([line('case.still_failing', 3), restored])?.restoredAt).toEqual(hour(1))
})
