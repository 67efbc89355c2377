import type { OrganisationKind } from '#db/schema/directory.ts'
import { meant, nameKey } from './name-key.ts'

/** What stands in the directory under one name, as far as a line of a file may mean it. */
export type Held = { id: number; name: string; organisationId: number }
export type HeldOrganisation = { id: number; name: string; kind: OrganisationKind; territoryCode: string }

/** Records by the name a person would read, and by their number. */
export type Shelf<T> = { named: (name: string) => readonly T[]; numbered: (typed: string) => T | undefined }

export function shelfOf<T extends { id: number; name: string }>(rows: readonly T[]): Shelf<T> {
  const byKey = Map.groupBy(rows, ({ name }) => nameKey(name))
  const byId = new Map(rows.map((row) => [String(row.id), row]))
  return {
    named: (name) => byKey.get(nameKey(name)) ?? [],
    numbered: (typed) => byId.get(typed.replace(/^n° ?/i, '')),
  }
}

/** `row`: the record meant; null when it is a new one. Otherwise why nobody can say which, with the candidates. */
export type Match<T> = { row: T | null } | { fault: MatchFault }
export type MatchFault = {
  reason: 'several' | 'near' | 'unknown_id'
  candidates: readonly { id: number; name: string }[]
}

/**
 * Which organisation a line is about: the number of its record when it is given; otherwise its name, folded, with its
 * category and territory. One that reads the same and stands elsewhere is neither changed nor doubled: a person says which.
 */
export function matchOrganisation<T extends HeldOrganisation>(
  name: string,
  said: { id: string; kind: string | null; territoryCode: string },
  held: Shelf<T>,
): Match<T> {
  if (said.id) return byId(said.id, held)
  const candidates = held.named(name)
  const exact = candidates.find((one) => one.name === name)
  if (exact) return { row: exact }
  if (candidates.length === 0) return { row: null }
  const alike = candidates.filter(
    (one) =>
      (!said.kind || said.kind === one.kind) &&
      (!said.territoryCode || said.territoryCode === one.territoryCode),
  )
  const [only] = alike
  if (only && alike.length === 1) return { row: only }
  return { fault: { reason: alike.length > 1 ? 'several' : 'near', candidates } }
}

/** Which post, person or site of an organisation. `narrowed`: of several, those that the rest of the line describes. */
export function matchPart<T extends Held>(
  name: string,
  id: string,
  held: Shelf<T>,
  narrowed: (one: T) => boolean = () => true,
): Match<T> {
  if (id) return byId(id, held)
  const candidates = held.named(name)
  if (candidates.length === 0) return { row: null }
  const row = meant(name, candidates) ?? meant(name, candidates.filter(narrowed))
  return row ? { row } : { fault: { reason: 'several', candidates } }
}

function byId<T>(typed: string, held: Shelf<T>): Match<T> {
  const row = held.numbered(typed)
  return row ? { row } : { fault: { reason: 'unknown_id', candidates: [] } }
}

/** « n° 12 SAMU 59 – Nord, n° 40 SAMU 59 - Nord » */
export function candidatesText(candidates: MatchFault['candidates']): string {
  return candidates
    .slice(0, 5)
    .map(({ id, name }) => `n° ${id} ${name}`)
    .join(', ')
}
