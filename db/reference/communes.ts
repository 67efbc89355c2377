import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { searchable } from './searchable.ts'

export type Commune = {
  code: string
  name: string
  departementCode: string
  postcodes: string[]
  population: number
  /** What a typed word is compared with: name and postcodes, lower-case, unaccented. */
  search: string
}

type Source = {
  code: string
  nom: string
  type: string
  departement: string
  codesPostaux?: string[]
  population?: number
}

/**
 * Every present commune (delegated and associated ones, and the districts of Paris, Lyon and Marseille, are left out).
 * Read from the package each time: 10 MB that only the loader and a few tests need, never the web server.
 */
export function readCommunes(): Commune[] {
  const path = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json')
  const all: Source[] = JSON.parse(readFileSync(path, 'utf8'))
  return all
    .filter((one) => one.type === 'commune-actuelle')
    .map(({ code, nom, departement, codesPostaux = [], population = 0 }) => ({
      code,
      name: nom,
      departementCode: departement,
      postcodes: codesPostaux,
      population,
      search: [searchable(nom), ...codesPostaux].join(' '),
    }))
}
