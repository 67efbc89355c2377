import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { organisation } from './directory.ts'
import { incident } from './incidents.ts'

export const STATEMENT_AUDIENCES = ['public', 'media'] as const
export type StatementAudience = (typeof STATEMENT_AUDIENCES)[number]
export const STATEMENT_STATES = ['draft', 'approved', 'withdrawn'] as const

/** What is said outside: to the public once an authority has validated it, to the media once a named director has. */
export const statement = pgTable(
  'statement',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    incidentId: reference()
      .notNull()
      .references(() => incident.id),
    audience: text().$type<StatementAudience>().notNull(),
    territoryCode: text().notNull(),
    text: text().notNull(),
    nextAt: instant().notNull(),
    embargoUntil: instant(),
    state: text().$type<(typeof STATEMENT_STATES)[number]>().notNull().default('draft'),
    draftedAt: instant().notNull(),
    draftedById: reference(),
    draftedByName: text().notNull(),
    approvedAt: instant(),
    approvedById: reference(),
    approvedByName: text(),
    approvedFor: reference().references(() => organisation.id),
    /** Those who must act heard that what it says is out of date. */
    remindedAt: instant(),
  },
  (t) => [
    index('statement_incident').on(t.incidentId, t.id.desc().nullsFirst()),
    known('statement', 'audience', STATEMENT_AUDIENCES),
    known('statement', 'state', STATEMENT_STATES),
  ],
)

/** The public page of an incident is on while a director and an authority have both turned it on. */
export const publicPage = pgTable(
  'public_page',
  {
    id: identity(),
    exerciseId: exerciseId(),
    incidentId: reference()
      .notNull()
      .references(() => incident.id),
    /** Of the incident, for an authority, who does not see the incident itself. */
    reference: text().notNull(),
    directorAt: instant(),
    directorByName: text(),
    authorityAt: instant(),
    authorityByName: text(),
    authorityOrganisationId: reference().references(() => organisation.id),
    offAt: instant(),
    offByName: text(),
  },
  (t) => [uniqueIndex('public_page_once').on(t.incidentId)],
)

/** Somebody who must know of an incident was told by other means than a notice: a call, a visit, a radio. */
export const incidentTold = pgTable(
  'incident_told',
  {
    id: identity(),
    exerciseId: exerciseId(),
    incidentId: reference()
      .notNull()
      .references(() => incident.id),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    at: instant().notNull(),
    byName: text().notNull(),
    how: text().notNull(),
  },
  (t) => [index('incident_told_of').on(t.incidentId)],
)
