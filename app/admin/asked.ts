import { beginning } from '#app/_doors/rules/cut.ts'

/** What an address asks of a page: one value each, short. */
export type Asked = Record<string, string | string[] | undefined>

export function one(asked: Asked, name: string): string {
  const value = asked[name]
  return beginning(Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? ''), 300)
}

/** What the address of a list asks: its filters as typed, those out of use or in use, and where the page begins. */
export function askedList<Name extends string>(asked: Asked, ...names: Name[]) {
  const filters = Object.fromEntries(
    [...names, 'q', 'inactive'].map((name) => [name, one(asked, name)]),
  ) as ListFilters & Record<Name, string>
  return { filters, inactive: filters.inactive === '1', after: one(asked, 'after') }
}

export type ListFilters = { q: string; inactive: string }

/** The address of a list with these filters; blank ones are left out. */
export function listAddress(path: string, filters: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''))
  return query.size > 0 ? `${path}?${query}` : path
}

/** Rows of a page of a list that is read whole. */
const ROWS = 25

/** The page that begins after the row of this key, or the first; `next`: the key to ask the following one with. */
export function pageAfter<Row>(rows: readonly Row[], keyOf: (row: Row) => string, after: string) {
  const found = rows.findIndex((row) => keyOf(row) === after) + 1
  const from = found < rows.length ? found : 0
  const page = rows.slice(from, from + ROWS)
  const last = page.at(-1)
  return { page, next: last && from + ROWS < rows.length ? keyOf(last) : null }
}

/** A row of an address; null when it is no number. */
export function idOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}
