import { expect, test } from 'vitest'
import { MAP_OUTLINES, MAP_TILES } from './map.ts'
import { DEPARTEMENTS } from './territories.ts'

test('every département and collectivity is on the map once: 96 outlines, 13 tiles', () => {
  const drawn = [...MAP_OUTLINES, ...MAP_TILES].map(({ code }) => code)
  expect(drawn.toSorted()).toEqual(DEPARTEMENTS.map((one) => one.code).toSorted())
  expect([MAP_OUTLINES.length, MAP_TILES.length]).toEqual([96, 13])
})
