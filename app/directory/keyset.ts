import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { cleanText } from '#app/_doors/text.ts'

/** Lists by name: a page begins after the last name of the one before. No count, no offset. */
export const SIZE = 40

export type Cursor = { name: string; id: number }
export type Page<T> = { rows: T[]; next: Cursor | null }

/** `nameOf`: what the list is in the order of, when it is not the name of the row. */
export function pageOf<T extends Cursor>(found: T[], nameOf = (row: T) => row.name): Page<T> {
  const rows = found.slice(0, SIZE)
  const last = rows.at(-1)
  return { rows, next: found.length > SIZE && last ? { name: nameOf(last), id: last.id } : null }
}

export function after(cursor: Cursor | null, name: PgColumn, id: PgColumn): SQL | undefined {
  return cursor ? sql`(${name}, ${id}) > (${cursor.name}, ${cursor.id})` : undefined
}

/** As a person looks a name up: without capitals nor accents. */
export function folded(name: PgColumn): SQL {
  return sql`lower(unaccent(${name}))`
}

/** For a list in the order of `folded(name)`, id. */
export function afterFolded(cursor: Cursor | null, name: PgColumn, id: PgColumn): SQL | undefined {
  return cursor ? sql`(${folded(name)}, ${id}) > (lower(unaccent(${cursor.name})), ${cursor.id})` : undefined
}

export function writeCursor({ name, id }: Cursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

export function readCursor(text: string | undefined): Cursor | null {
  try {
    const [name, id] = JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')) as unknown[]
    return typeof name === 'string' && Number.isSafeInteger(id)
      ? { name: cleanText(name), id: id as number }
      : null
  } catch {
    return null
  }
}
