import { describe, expect, it } from 'vitest'
import { inBar, MOST_IN_BAR, placeAt, placesOf } from './places.ts'

const HREFS = ['/cases', '/cases/new?channel=phone', '/cell']

describe('the place one is in', () => {
  it.each([
    ['/cases', '/cases'],
    ['/cases/2026-004217-3', '/cases'],
    ['/cases/new', '/cases/new?channel=phone'],
    ['/cell/handover', '/cell'],
    ['/cellar', null],
    ['/', null],
  ])('%s', (pathname, expected) => {
    expect(placeAt(pathname, HREFS)).toBe(expected)
  })
})

it.each([
  ['as many as fit', MOST_IN_BAR, 0],
  ['one more: a menu of one would save nothing', MOST_IN_BAR + 1, 0],
  ['two more', MOST_IN_BAR + 2, 2],
])('folds at the end of the bar: %s', (_, count, folded) => {
  const places = Array.from({ length: count }, (_, at) => at)
  const [first, rest] = inBar(places)
  expect(rest).toHaveLength(folded)
  expect([...first, ...rest]).toEqual(places)
})

it('keeps what is opened all day out of the menu', () => {
  const [, folded] = inBar(placesOf('director').map((place) => place.key))
  expect(folded).toEqual(['supervision', 'migration', 'register', 'drills'])
})

it('shows a reporter none of the places of the cell', () => {
  expect(placesOf('reporter').map((place) => place.href)).toEqual(['/my', '/instructions'])
  expect(placesOf('reporter', true).map((place) => place.href)).toEqual([
    '/my',
    '/sitreps',
    '/instructions',
    '/migration',
  ])
})
