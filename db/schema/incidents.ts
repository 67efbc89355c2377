import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { CAUSES } from '../reference/vocabulary.ts'
import { cases, LEVELS, type Level } from './cases.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'

/** Incident (DOMAIN §6). 'restored' is what the operator says; only reporters end what is residual. */
export const INCIDENT_STATES = ['suspected', 'confirmed', 'restored', 'residual', 'closed'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

export const incident = pgTable(
  'incident',
  {
    id: identity(),
    /** 'INC-2026-000012-4', spoken like a case number. */
    reference: text().notNull(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    state: text().$type<IncidentState>().notNull(),
    level: smallint().$type<Level>().notNull(),
    /** What the room calls it: proposed from its facts until a lead gives it a name. */
    title: text(),
    namedAt: instant(),
    openedAt: instant().notNull(),
    /** Last qualifying report attached: what comes long after is another incident. */
    lastAt: instant().notNull(),
    confirmedAt: instant(),
    restoredAt: instant(),
    residualAt: instant(),
    closedAt: instant(),
    cause: text(),
    /** Closed because another one holds its cases now. */
    mergedIntoId: bigint({ mode: 'number' }),
    /** When the residual cases were last listed before closing. */
    residualsListed: bigint({ mode: 'number' }).array().notNull().default([]),
  },
  (t) => [
    uniqueIndex('incident_reference').on(t.reference),
    index('incident_open').on(t.openedAt).where(sql`state <> 'closed'`),
    // Who was told of what was merged into one: the strip of every page asks.
    index('incident_merged').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
    known('incident', 'state', INCIDENT_STATES),
    known('incident', 'level', LEVELS),
    known('incident', 'cause', CAUSES),
  ],
)

/** One click for a person: the machine saw a possible cause and was not sure. */
export const incidentCandidate = pgTable(
  'incident_candidate',
  {
    incidentId: reference()
      .notNull()
      .references(() => incident.id),
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    exerciseId: exerciseId(),
    reasonKey: text().notNull(),
    at: instant().notNull(),
    dismissedAt: instant(),
  },
  (t) => [uniqueIndex('incident_candidate_once').on(t.incidentId, t.caseId)],
)

/** A person took the case out of the incident: it stays out, and what looks like it follows it. */
export const caseMovedOut = pgTable(
  'case_moved_out',
  {
    incidentId: reference()
      .notNull()
      .references(() => incident.id),
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    exerciseId: exerciseId(),
    at: instant().notNull(),
    /** Put back by a person. */
    undoneAt: instant(),
  },
  (t) => [uniqueIndex('case_moved_out_once').on(t.incidentId, t.caseId)],
)

/** 'watched': a cause outside the network is taken to explain it. 'lapsed': nobody answered and it has been quiet since. */
export const PROPOSAL_STATES = ['open', 'accepted', 'declined', 'watched', 'lapsed'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]
export const PROPOSAL_LEVELS = ['check', 'N3', 'crisis'] as const
export const OUTSIDE_CAUSES = ['power', 'weather', 'third_party'] as const
export type OutsideCause = (typeof OUTSIDE_CAUSES)[number]

/** What a rule proposes to a person, with its reasons (DOMAIN §5). */
export const proposal = pgTable(
  'proposal',
  {
    id: identity(),
    /** The rule's own name for it: the same facts make the same proposal once. */
    key: text().notNull(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    rule: text().notNull(),
    level: text().$type<(typeof PROPOSAL_LEVELS)[number]>().notNull(),
    state: text().$type<ProposalState>().notNull().default('open'),
    firedAt: instant().notNull(),
    groupStart: instant().notNull(),
    madeAt: instant().notNull(),
    caseIds: bigint({ mode: 'number' }).array().notNull(),
    reason: jsonb().$type<{ key: string; values: Record<string, string | number> }>().notNull(),
    incidentId: reference().references(() => incident.id),
    decidedAt: instant(),
    decidedById: reference(),
    decidedByName: text(),
    decisionReason: text(),
    outsideCause: text().$type<OutsideCause>(),
    reopenedAt: instant(),
    /** From when silence may activate; null: too likely by chance, only a person decides. */
    sureAt: instant(),
    /** What is going on, as the watch left it (rules/watch.ts); null for a rule that needs no watch. */
    episode: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    uniqueIndex('proposal_once').on(t.key, sql`coalesce(exercise_id, 0)`),
    index('proposal_open').on(t.firedAt).where(sql`state = 'open'`),
    known('proposal', 'state', PROPOSAL_STATES),
    known('proposal', 'level', PROPOSAL_LEVELS),
    known('proposal', 'outside_cause', OUTSIDE_CAUSES),
  ],
)

/** What the desk usually hears, learnt from its own year; the newest row is in force. An exercise neither makes nor reads one. */
export const deskBaseline = pgTable('desk_baseline', {
  id: identity(),
  learntAt: instant().notNull(),
  fromAt: instant().notNull(),
  reports: integer().notNull(),
  learnt: jsonb().$type<Record<string, unknown>>().notNull(),
})

/** Thresholds an administrator changed; the reasons and defaults are in the rules. */
export const threshold = pgTable('threshold', {
  key: text().primaryKey(),
  value: doublePrecision().notNull(),
  changedAt: instant().notNull(),
  changedById: reference(),
})
