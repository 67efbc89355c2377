import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { organisation } from './directory.ts'
import { incident } from './incidents.ts'

export const FALLBACK_NUMBER_STATES = ['planned', 'open', 'closed'] as const
export type FallbackNumberState = (typeof FALLBACK_NUMBER_STATES)[number]

/** Numéro de repli (DOMAIN §7). The number itself stands apart: whoever reads the list does not read it. */
export const fallback = pgTable(
  'fallback',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    state: text().$type<FallbackNumberState>().notNull().default('planned'),
    /** The short number that it stands in for. */
    covers: text().notNull(),
    territoryCode: text().notNull(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    incidentId: reference().references(() => incident.id),
    /** Calls at once. */
    capacity: integer().notNull(),
    /** A temporary change of routing stands behind it, to be taken out afterwards. */
    reroute: boolean().notNull().default(false),
    rerouteOutAt: instant(),
    /** Its owner agrees that the probes of the supervision call it. */
    probed: boolean().notNull().default(false),
    plannedAt: instant().notNull(),
    openedAt: instant(),
    openedByName: text(),
    endsAt: instant(),
    publishedWhere: text(),
    publishedByName: text(),
    publishedAt: instant(),
    /** Its end was said to those who use it, before it is closed. */
    announcedAt: instant(),
    remindedAt: instant(),
    closedAt: instant(),
    closedByName: text(),
  },
  (t) => [
    index('fallback_open').on(t.endsAt).where(sql`state = 'open'`),
    index('fallback_place').on(t.territoryCode, t.covers),
    known('fallback', 'state', FALLBACK_NUMBER_STATES),
    check('fallback_capacity', sql`capacity between 1 and 10000`),
  ],
)

export const fallbackLine = pgTable('fallback_line', {
  fallbackId: reference()
    .primaryKey()
    .references(() => fallback.id, { onDelete: 'cascade' }),
  exerciseId: exerciseId(),
  phone: text().notNull(),
})

export const fallbackTest = pgTable(
  'fallback_test',
  {
    id: identity(),
    exerciseId: exerciseId(),
    fallbackId: reference()
      .notNull()
      .references(() => fallback.id),
    network: text().notNull(),
    passed: integer().notNull(),
    tried: integer().notNull(),
    at: instant().notNull(),
    byName: text().notNull(),
  },
  (t) => [
    index('fallback_test_of').on(t.fallbackId),
    check('fallback_test_counts', sql`passed between 0 and tried and tried > 0`),
  ],
)
