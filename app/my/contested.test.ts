import { expect, test } from 'vitest'
import { contestedBy } from './contested.ts'

const line = (event: string) => ({
  at: new Date('2026-11-26T11:56:00Z'),
  event,
  byId: 1,
  who: 'Nora',
  side: 'reporter' as const,
})
const newestFirst = (...events: string[]) => contestedBy(events.toReversed().map(line))?.event ?? null

test.each<[string, string[], string | null]>([
  ['nothing was restored', ['case.reported'], null],
  ['restored, not contested', ['case.reported', 'case.restored', 'case.updated'], null],
  [
    'restored, then still failing',
    ['case.restored', 'case.still_failing', 'case.updated'],
    'case.still_failing',
  ],
  ['contested, then restored anew', ['case.restored', 'case.still_failing', 'case.restored'], null],
  ['contested, then confirmed', ['case.restored', 'case.still_failing', 'case.confirmed'], null],
  [
    'confirmed, then still failing',
    ['case.restored', 'case.confirmed', 'case.still_failing'],
    'case.still_failing',
  ],
])('%s', (_, events, contested) => expect(newestFirst(...events)).toBe(contested))
