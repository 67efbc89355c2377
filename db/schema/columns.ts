import { sql } from 'drizzle-orm'
import { bigint, check, customType, timestamp } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Internal identity: never shown, never in a URL of a case. */
export const identity = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const reference = () => bigint({ mode: 'number' })

/** UTC instant. Local time is a matter of display (app/_i18n/time.ts). */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })

/** Invariant 9: which exercise made the row; null is the real world. */
export const exerciseId = () => bigint({ mode: 'number' })

/**
 * A closed vocabulary: the database refuses any other word, whoever writes it. The list is the one TypeScript knows, so that a
 * new word makes a migration.
 */
export function known(table: string, column: string, words: readonly (string | number)[]) {
  const list = words.map((word) => (typeof word === 'number' ? word : `'${word}'`)).join(', ')
  return check(`${table}_${column}_known`, sql.raw(`${column} in (${list})`))
}
