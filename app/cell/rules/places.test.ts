import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepPlaces, orderAnew, samePlaces } from './places.ts'

describe('places that do not move', () => {
  it.each([
    ['the same again', ['a', 'b'], ['a', 'b'], ['a', 'b', null, null], [], []],
    ['another order moves nothing', ['a', 'b'], ['b', 'a'], ['a', 'b', null, null], [], []],
    [
      'a newcomer, however grave, takes a free place',
      ['a', 'b'],
      ['z', 'a', 'b'],
      ['a', 'b', 'z', null],
      ['z'],
      [],
    ],
    ['what is gone keeps its place', ['a', 'b'], ['b'], ['a', 'b', null, null], [], []],
    [
      'no place left: the others wait',
      ['a', 'b'],
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'b', 'c', 'd'],
      ['c', 'd', 'e'],
      ['e'],
    ],
  ] as [string, string[], string[], (string | null)[], string[], string[]][])(
    '%s',
    (_, first, then, slots, fresh, waiting) => {
      const kept = keepPlaces(orderAnew(first, { size: 4 }), then)
      expect(kept).toEqual({ slots, fresh, waiting })
    },
  )

  it('where places are used again, the next takes the place of what is gone', () => {
    const kept = keepPlaces(orderAnew(['a', 'b'], { size: 2 }), ['b', 'c'], true)
    expect(kept).toEqual({ slots: ['c', 'b'], fresh: ['c'], waiting: [] })
  })

  it('what had no place from the start is no news', () => {
    const start = orderAnew(['a', 'b', 'c'], { size: 2 })
    expect(start.waiting).toEqual(['c'])
    expect(keepPlaces(start, ['a', 'b', 'c'])).toEqual(start)
  })

  it('spare places are kept beside what there is', () => {
    expect(orderAnew(['a', 'b'], { size: 1, spare: 3 }).slots).toEqual(['a', 'b', null, null, null])
    expect(orderAnew([], { size: 2, spare: 1 }).slots).toEqual([null, null])
  })

  const keys = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 })
  it('whatever arrives and leaves: a place taken is never another’s, nobody stands twice, everybody is somewhere', () => {
    fc.assert(
      fc.property(
        keys,
        fc.array(keys, { maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (first, news, size) => {
          let kept = orderAnew(first, { size })
          for (const now of news) {
            const next = keepPlaces(kept, now)
            kept.slots.forEach((key, at) => {
              if (key !== null) expect(next.slots[at]).toBe(key)
            })
            const standing = next.slots.filter((key) => key !== null)
            expect(new Set(standing).size).toBe(standing.length)
            expect([...standing, ...next.waiting]).toEqual(expect.arrayContaining(now))
            expect(samePlaces(keepPlaces(next, now), next)).toBe(true)
            kept = next
          }
        },
      ),
    )
  })
})
