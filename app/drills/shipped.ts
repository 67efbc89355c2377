import national from './files/fr-2021-06-02-orange-national.json' with { type: 'json' }
import ordinaryDay from './files/fr-temoin-journee-ordinaire.json' with { type: 'json' }
import type { Drill } from './rules/drill.ts'
import { readDrill } from './rules/drill.ts'

/** Drills that come with the product; where they come from is in files/SOURCES.md. */
const FILES: { name: string; file: unknown }[] = [
  { name: 'fr-2021-06-02-orange-national.json', file: national },
  { name: 'fr-temoin-journee-ordinaire.json', file: ordinaryDay },
]

export type Shipped = { name: string; file: unknown; drill: Drill }

export function shippedDrills(): Shipped[] {
  return FILES.flatMap(({ name, file }) => {
    const read = readDrill(file)
    return read.ok ? [{ name, file, drill: read.drill }] : []
  })
}
