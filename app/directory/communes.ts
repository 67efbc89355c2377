import { type SQL, sql } from 'drizzle-orm'
import { searchable } from '#db/reference/searchable.ts'
import type { Tx } from '#db/transaction.ts'

export type FoundCommune = { code: string; name: string; departementCode: string; postcodes: string[] }

const MOST = 12

/** Communes whose name or postcode holds what was typed: the exact name first, then the département at hand, then the largest. */
export async function findCommunes(tx: Tx, typed: string, departement: string | null) {
  const words = spelledOut(searchable(typed))
  if (words.length < 2) return []
  // Two letters have no trigram inside a word: only the beginning is looked up.
  const pattern = `${words.length < 3 ? '' : '%'}${words.replace(/[\\%_]/g, '\\$&')}%`
  return read(
    tx,
    sql`where search like ${pattern} order by
      (search = ${words} or search like ${`${words} %`} and left(search, ${words.length + 2}) ~ '[0-9]$') desc,
      (departement_code = ${departement ?? ''}) desc, (search like ${`${words}%`}) desc, population desc limit ${MOST}`,
  )
}

export async function communesByCode(tx: Tx, codes: readonly string[]): Promise<FoundCommune[]> {
  if (codes.length === 0) return []
  return read(tx, sql`where code in ${[...codes]} order by name`)
}

function read(tx: Tx, which: SQL): Promise<FoundCommune[]> {
  return tx.execute<FoundCommune>(
    sql`select code, name, departement_code as "departementCode", postcodes from commune ${which}`,
  )
}

/** 'st denis' is how it is written on an envelope. */
function spelledOut(words: string): string {
  return words.replace(/\bst\b/g, 'saint').replace(/\bste\b/g, 'sainte')
}
