import { expect, test } from 'vitest'
import { makePlaces } from './places.ts'

test('all together or none, given back once', () => {
  const places = makePlaces()
  const mine = [
    { key: 'session:a', most: 1 },
    { key: 'account:1', most: 2 },
  ]
  const other = [{ key: 'session:b', most: 1 }, mine[1] as (typeof mine)[0]]
  const [first, second] = [places.take(mine), places.take(other)]
  expect([first, second].every(Boolean)).toBe(true)
  expect(places.take([{ key: 'session:c', most: 1 }, mine[1] as (typeof mine)[0]])).toBeNull()
  first?.()
  first?.()
  // The session that was refused above took nothing, and the account has one place, not two.
  expect(places.take([{ key: 'session:c', most: 1 }, mine[1] as (typeof mine)[0]])).not.toBeNull()
  expect(places.take([{ key: 'session:d', most: 1 }, mine[1] as (typeof mine)[0]])).toBeNull()
})

test('nothing is kept of who left', () => {
  const places = makePlaces()
  places.take([{ key: 'session:a', most: 1 }])?.()
  expect(places.size()).toBe(0)
})
