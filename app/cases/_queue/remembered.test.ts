import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeReference } from '../rules/reference-number.ts'
import { isUnseen, type Kept, REMEMBERED, remember } from './remembered.ts'

const later = '2026-11-26T10:00:00Z'
const before: Kept = { since: Date.parse('2026-11-26T09:00:00Z'), seen: [] }
const number = (rank: number, year = 2026) => makeReference(year, rank, false)

test.each<[string, Kept, string, string, boolean]>([
  ['what came before one began', before, number(1), '2026-11-26T08:59:00Z', false],
  ['what came since', before, number(1), later, true],
  ['what one opened', { ...before, seen: [number(1)] }, number(1), later, false],
  ['what has a number before all that was opened', { ...before, upTo: number(7) }, number(6), later, false],
  ['what has a number after them', { ...before, upTo: number(7) }, number(8), later, true],
  ['the first of a new year', { ...before, upTo: number(9000, 2026) }, number(1, 2027), later, true],
])('%s', (_, kept, reference, receivedAt, unseen) => {
  expect(isUnseen(kept, reference, receivedAt)).toBe(unseen)
})

test('however many were opened, in whatever order, none of them is new again, and what comes next is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 400 }), { maxLength: 8 }),
      (turns) => {
        const kept = turns.reduce(
          (sofar, ranks) =>
            remember(
              sofar,
              ranks.map((rank) => number(rank)),
            ),
          before,
        )
        expect(kept.seen.length).toBeLessThanOrEqual(REMEMBERED)
        for (const rank of turns.flat()) expect(isUnseen(kept, number(rank), later)).toBe(false)
        expect(isUnseen(kept, number(3001), later)).toBe(true)
      },
    ),
    { numRuns: 30 },
  )
})
