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

export type CommuneFault = { fault: string; values?: Record<string, string> }
type Typed = { code: string | null } | CommuneFault

/** The one commune a person means by a name, a postcode, an Insee code, or “Lille (59350)” as a form shows it. */
export async function communeTyped(tx: Tx, typed: string | null, departement: string): Promise<Typed> {
  if (!typed) return { code: null }
  const shown = /\((\d[\dAB]\d{3})\)\s*$/i.exec(typed)?.[1]
  const code = (shown ?? typed).trim().toUpperCase()
  const [exact] = await communesByCode(tx, [code])
  if (exact && shown) return { code: exact.code }
  const found = await findCommunes(tx, typed, departement)
  const all = [...new Map([...(exact ? [exact] : []), ...found].map((one) => [one.code, one])).values()]
  const words = spelledOut(searchable(typed))
  const meant = narrowed(all, [
    (one) => one.code === code || one.postcodes.includes(code) || searchable(one.name) === words,
    (one) => one.departementCode === departement,
  ])
  if (meant.length === 1 && meant[0]) return { code: meant[0].code }
  if (meant.length === 0) return { fault: 'directory.invalid.commune' }
  const names = meant.slice(0, 5).map((one) => communeText(one))
  return { fault: 'directory.invalid.commune_several', values: { names: names.join(', ') } }
}

export function communeText({ name, code }: { name: string; code: string }): string {
  return `${name} (${code})`
}

/** Each test in turn, unless it would leave none. */
function narrowed(all: FoundCommune[], tests: ((one: FoundCommune) => boolean)[]): FoundCommune[] {
  return tests.reduce((left, test) => (left.some(test) ? left.filter(test) : left), all)
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
