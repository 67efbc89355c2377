import belgium from './files/be-2021-01-08-proximus-112.json' with { type: 'json' }
import germany from './files/de-2021-11-11-telekom-110-112.json' with { type: 'json' }
import national from './files/fr-2021-06-02-orange-national.json' with { type: 'json' }
import ordinaryDay from './files/fr-temoin-journee-ordinaire.json' with { type: 'json' }
import britain from './files/uk-2023-06-25-bt-999.json' with { type: 'json' }
import america from './files/us-2018-12-27-centurylink-911.json' with { type: 'json' }
import type { Drill } from './rules/drill.ts'
import { readDrill } from './rules/drill.ts'

/** Drills that come with the product; where they come from is in files/SOURCES.md. */
const FILES: { name: string; file: unknown }[] = [
  { name: 'fr-2021-06-02-orange-national.json', file: national },
  { name: 'fr-temoin-journee-ordinaire.json', file: ordinaryDay },
  { name: 'uk-2023-06-25-bt-999.json', file: britain },
  { name: 'de-2021-11-11-telekom-110-112.json', file: germany },
  { name: 'be-2021-01-08-proximus-112.json', file: belgium },
  { name: 'us-2018-12-27-centurylink-911.json', file: america },
]

export type Shipped = { name: string; file: unknown; drill: Drill }

export function shippedDrills(): Shipped[] {
  return FILES.flatMap(({ name, file }) => {
    const read = readDrill(file)
    return read.ok ? [{ name, file, drill: read.drill }] : []
  })
}
