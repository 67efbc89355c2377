import { expect, test } from 'vitest'
import { MAP_SHAPES, MAP_VIEW_BOX } from './map.ts'
import { DEPARTEMENTS } from './territories.ts'

test('every département and collectivity is on the map once: 96 outlines, 13 tiles', () => {
  expect(MAP_SHAPES.map((shape) => shape.code)).toEqual(DEPARTEMENTS.map((one) => one.code))
  expect(MAP_SHAPES.filter((shape) => shape.tile === null)).toHaveLength(96)
  expect(MAP_SHAPES.filter((shape) => shape.tile)).toHaveLength(13)
})

test('the tiles stand inside the picture and do not touch each other', () => {
  const [, , width = 0, height = 0] = MAP_VIEW_BOX.split(' ').map(Number)
  const tiles = MAP_SHAPES.flatMap((shape) => (shape.tile ? [shape.tile] : []))
  for (const { x, y } of tiles) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + 40).toBeLessThanOrEqual(width)
    expect(y + 40).toBeLessThanOrEqual(height)
  }
  expect(new Set(tiles.map(({ x, y }) => `${x}/${y}`)).size).toBe(13)
})
