import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { Slots } from '../reference/vocabulary.ts'
import { exerciseId, identity, instant, known, reference } from './columns.ts'
import { organisation } from './directory.ts'
import { incident } from './incidents.ts'

/** Where it stands on its way from draft to force is read from what was tested and answered (app/instructions/rules/stage.ts). */
export const INSTRUCTION_STATES = ['draft', 'in_force', 'ended', 'withdrawn'] as const
export type InstructionState = (typeof INSTRUCTION_STATES)[number]

/** From what one calls; `any` is all of them. */
export const CALLERS = ['any', 'fixed', 'mobile'] as const
export type Callers = (typeof CALLERS)[number]

/** Consigne d'usage: one text for a number, a calling network and a territory; a new version is a new number. */
export const instruction = pgTable(
  'instruction',
  {
    id: identity(),
    exerciseId: exerciseId(),
    version: integer().notNull().default(1),
    /** « Consigne n° 12 »; the real world and each exercise count on their own. */
    number: integer().notNull(),
    state: text().$type<InstructionState>().notNull().default('draft'),
    incidentId: reference().references(() => incident.id),
    /** The short number that fails. */
    failing: text().notNull(),
    callers: text().$type<Callers>().notNull(),
    /** The calling operator; null: all of them. */
    operator: text(),
    territoryCode: text().notNull(),
    slots: jsonb().$type<Slots>().notNull(),
    /** Said when it ends; written at the same time. */
    allClear: text().notNull(),
    endsAt: instant().notNull(),
    /** Counts changes of the words: what was tested and agreed before is of another text. */
    textVersion: integer().notNull().default(1),
    draftedAt: instant().notNull(),
    draftedById: reference(),
    draftedByName: text().notNull(),
    inForceAt: instant(),
    inForceByName: text(),
    /** The one that it cancels, by its number. */
    replacesId: reference(),
    endedAt: instant(),
    endedByName: text(),
    /** Why a person ended it; without it its hour passed, or another version cancelled it: no all clear. */
    endReason: text(),
    /** Those who lead were told that its end is near. */
    remindedAt: instant(),
  },
  (t) => [
    uniqueIndex('instruction_number').on(sql`coalesce(exercise_id, 0)`, t.number),
    uniqueIndex('instruction_in_force')
      .on(
        sql`coalesce(exercise_id, 0)`,
        sql`failing`,
        sql`callers`,
        sql`coalesce(operator, '')`,
        sql`territory_code`,
      )
      .where(sql`state = 'in_force'`),
    index('instruction_newest').on(t.id.desc().nullsFirst()),
    known('instruction', 'state', INSTRUCTION_STATES),
    known('instruction', 'callers', CALLERS),
    check('instruction_ends', sql`ends_at > drafted_at`),
  ],
)

/** The way round the failure, tried from one network. */
export const instructionTest = pgTable(
  'instruction_test',
  {
    id: identity(),
    exerciseId: exerciseId(),
    instructionId: reference()
      .notNull()
      .references(() => instruction.id),
    textVersion: integer().notNull(),
    network: text().notNull(),
    passed: integer().notNull(),
    tried: integer().notNull(),
    at: instant().notNull(),
    byName: text().notNull(),
  },
  (t) => [
    index('instruction_test_of').on(t.instructionId),
    check('instruction_test_counts', sql`passed between 0 and tried and tried > 0`),
  ],
)

export const ASKED_PARTS = ['actor', 'authority'] as const
export type AskedPart = (typeof ASKED_PARTS)[number]
export const ANSWERS = ['agreed', 'refused'] as const
export type Answer = (typeof ANSWERS)[number]

/** Who is asked whether he agrees, until when, and what he says; past its hour somebody telephones. */
export const instructionAsked = pgTable(
  'instruction_asked',
  {
    id: identity(),
    exerciseId: exerciseId(),
    instructionId: reference()
      .notNull()
      .references(() => instruction.id),
    textVersion: integer().notNull(),
    organisationId: reference()
      .notNull()
      .references(() => organisation.id),
    part: text().$type<AskedPart>().notNull(),
    askedAt: instant().notNull(),
    deadlineAt: instant().notNull(),
    acknowledgedAt: instant(),
    acknowledgedByName: text(),
    answer: text().$type<Answer>(),
    answeredAt: instant(),
    answeredByName: text(),
    reason: text(),
    callDueAt: instant(),
    calledAt: instant(),
    calledByName: text(),
    callResult: text(),
  },
  (t) => [
    uniqueIndex('instruction_asked_once').on(t.instructionId, t.textVersion, t.organisationId, t.part),
    index('instruction_asked_organisation').on(t.organisationId, t.id.desc().nullsFirst()),
    index('instruction_asked_waiting')
      .on(t.deadlineAt)
      .where(sql`answered_at is null and call_due_at is null`),
    known('instruction_asked', 'part', ASKED_PARTS),
    known('instruction_asked', 'answer', ANSWERS),
  ],
)
