import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type Refusal, refusedField } from '#app/_doors/result.ts'
import { type contact, organisation, type post, type site } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'
import { nameKey } from './rules/name-key.ts'

/**
 * Rows whose name may read like one of these: letters and digits alone are compared, so that nothing is left out that
 * `nameKey` would call the same; it has the last word.
 */
export function readsLike(name: PgColumn, names: readonly string[]): SQL {
  return sql`${bare(sql`${name}`)} in (select ${bare(sql`given`)} from unnest(${sql.param(names)}::text[]) given)`
}

function bare(text: SQL): SQL {
  return sql`regexp_replace(lower(unaccent(normalize(${text}, NFKD))), '[^[:alnum:]]+', '', 'g')`
}

/** Names are compared and then written: one import or one record at a time, so that two people make no twins. */
export async function namesHeld(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('directory import'))`)
}

/**
 * Another organisation of the real world, or another record of the same organisation, whose name a person would read as
 * this one. A record that keeps its name is not asked about: its twin stood there before.
 */
export async function alike(
  tx: Tx,
  table: typeof organisation | typeof post | typeof contact | typeof site,
  { id, name, organisationId }: { id?: number; name: string; organisationId?: number },
): Promise<{ id: number; name: string } | null> {
  await namesHeld(tx)
  const within =
    'organisationId' in table
      ? sql`${table.organisationId} = ${organisationId ?? 0}`
      : sql`${organisation.exerciseId} is null`
  const rows = await tx
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(sql`${within} and ${readsLike(table.name, [name])}`)
    .orderBy(table.id)
  if (rows.some((row) => row.id === id && row.name === name)) return null
  return rows.find((row) => row.id !== id && nameKey(row.name) === nameKey(name)) ?? null
}

export function refusedTwin(twin: { name: string }, name: string): Refusal {
  if (twin.name === name) return refusedField('name', 'directory.refused.name_taken')
  return refusedField('name', 'directory.refused.name_near', { name: twin.name })
}
