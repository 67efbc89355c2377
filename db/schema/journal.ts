import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, exerciseId, identity, instant, known, reference } from './columns.ts'

export const VISIBILITIES = ['public', 'internal'] as const
export type Visibility = (typeof VISIBILITIES)[number]
export const SIDES = ['reporter', 'cell', 'machine'] as const
export const CERTAINTIES = ['observed', 'reported', 'supposed'] as const

/**
 * Main courante: append-only (the database refuses the rest), hash-chained per chain by a trigger
 * that also writes seq, prevHash and hash. Columns say hour heard and hour of the fact (DOMAIN §7).
 */
export const journal = pgTable(
  'journal',
  {
    id: identity(),
    chain: text().notNull(),
    seq: integer().notNull(),
    exerciseId: exerciseId(),
    caseId: reference(),
    incidentId: reference(),
    at: instant().notNull(),
    heardAt: instant(),
    factAt: instant(),
    actorId: reference(),
    actorName: text().notNull(),
    actorSide: text().$type<(typeof SIDES)[number]>().notNull(),
    event: text().notNull(),
    visibility: text().$type<Visibility>().notNull(),
    certainty: text().$type<(typeof CERTAINTIES)[number]>(),
    text: text(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    prevHash: bytea().notNull(),
    hash: bytea().notNull(),
  },
  (t) => [
    uniqueIndex('journal_chain_seq').on(t.chain, t.seq),
    // What is held on a person is read by his own lines, of years.
    index('journal_actor').on(t.actorId, t.id).where(sqlNotNull('actor_id')),
    index('journal_case').on(t.caseId, t.id).where(sqlNotNull('case_id')),
    index('journal_incident').on(t.incidentId, t.id).where(sqlNotNull('incident_id')),
    index('journal_at').on(t.at),
    // Calls to make: few lines among millions.
    index('journal_forgotten').on(t.at).where(sql.raw(`event = 'account.passphrase_forgotten'`)),
    // Who acknowledged a notice did so on his own chain; the file of the incident tells it.
    index('journal_acknowledged')
      .on(sql`((data ->> 'noticeId')::bigint)`)
      .where(sql.raw(`event = 'notice.acknowledged'`)),
    // Since when an incident has its level: its chain has a line for each case.
    index('journal_level').on(t.chain).where(sql.raw(`event = 'incident.level_changed'`)),
    index('journal_unreached').on(t.at).where(sql.raw(`event in ('cell.unreached', 'cell.called')`)),
    known('journal', 'actor_side', SIDES),
    known('journal', 'visibility', VISIBILITIES),
    known('journal', 'certainty', CERTAINTIES),
  ],
)

/** Last line of each chain: proves that no line was cut off the end. Written by the trigger only. */
export const journalHead = pgTable('journal_head', {
  chain: text().primaryKey(),
  seq: integer().notNull(),
  hash: bytea().notNull(),
})

function sqlNotNull(column: string) {
  return sql.raw(`${column} is not null`)
}
