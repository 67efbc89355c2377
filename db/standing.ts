import type postgres from 'postgres'
import list from './migrations/meta/_journal.json' with { type: 'json' }

/**
 * How the schema of a database stands to this code. `served`: a newer version changed it and still serves this one (the other
 * host is already new, or somebody took the way back); `newer`: it does not, or nobody knows; `older`: a start brings it here.
 */
export type Standing = 'same' | 'older' | 'served' | 'newer'

/** What a database says of its schema: `last`, the hour of its newest change; `words`, what whoever made it said. */
export type SchemaState = { last: string | number | null; words: string | null }

/** Said beside the schema by the version that changed it: its newest change, and the oldest whose code it serves. */
export type Said = { last: number; tag: string; serves: number }

/** By their hour, whatever their place in the list. */
const NEWEST = list.entries.reduce((newest, one) => (one.when > newest.when ? one : newest))

export function standing({ last, words }: SchemaState, known = NEWEST.when): Standing {
  const newest = Number(last ?? 0)
  if (newest <= known) return newest === known ? 'same' : 'older'
  const said = read(words)
  return said?.last === newest && said.serves <= known ? 'served' : 'newer'
}

/** As the owner, before anything of ours may be there. */
export async function schemaState(sql: postgres.Sql): Promise<SchemaState> {
  const [row] = await sql<{ known: boolean; words: string | null }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as known,
      obj_description(to_regnamespace('app'), 'pg_namespace') as words`
  if (!row?.known) return { last: null, words: null }
  const [newest] = await sql<{ last: string | null }[]>`
    select max(created_at) as last from drizzle.__drizzle_migrations`
  return { last: newest?.last ?? null, words: row.words }
}

/** Why this code does not start there, in one sentence. */
export function refusal(where: string, { last, words }: SchemaState): string {
  const said = read(words)
  // What was said of an earlier change says nothing of this one.
  const by = said?.last === Number(last) ? said.tag : `its last change is of ${hour(last)}`
  return `The database at ${where} was changed by a newer version of Permanence (${by}), which this one (${NEWEST.tag}) cannot work with: start the newer version, or restore a backup from before the change.`
}

export function said(serves: number): Said {
  return { last: NEWEST.when, tag: NEWEST.tag, serves }
}

function read(words: string | null): Said | null {
  try {
    const found = JSON.parse(words ?? '') as Partial<Said>
    return typeof found.serves === 'number' && typeof found.last === 'number' ? (found as Said) : null
  } catch {
    return null
  }
}

function hour(last: SchemaState['last']): string {
  return new Date(Number(last)).toISOString().slice(0, 16).replace('T', ' ')
}
