import { describe, expect, it } from 'vitest'
import { placeAt, placesOf } from './places.ts'

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

it('shows a reporter none of the places of the cell', () => {
  expect(placesOf('reporter').map((place) => place.href)).toEqual(['/my', '/instructions'])
  expect(placesOf('reporter', true).map((place) => place.href)).toEqual([
    '/my',
    '/sitreps',
    '/instructions',
    '/migration',
  ])
})
