import { boolean, doublePrecision, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { identity, instant, known, reference } from './columns.ts'

export const EXERCISE_STATES = ['running', 'set_aside', 'stopped', 'finished'] as const
export const CREWS = ['none', 'standard', 'people'] as const

/** An exercise is another world (invariant 9): every row made in it carries its id. */
export const exercise = pgTable(
  'exercise',
  {
    id: identity(),
    drillId: text().notNull(),
    title: text().notNull(),
    state: text().$type<(typeof EXERCISE_STATES)[number]>().notNull(),
    crew: text().$type<(typeof CREWS)[number]>().notNull().default('people'),
    /** Drill minutes per real minute; 0 is as fast as it goes. */
    speed: doublePrecision().notNull().default(1),
    startedAt: instant().notNull(),
    endedAt: instant(),
    startedById: reference(),
    result: jsonb(),
    /** Numbers a drill from abroad brings, each vital in its world. */
    numbers: text().array().notNull().default([]),
    /** Played by the worker for people, who may enter it; a run of the command line is nobody's. */
    attended: boolean().notNull().default(false),
    /** Its leader asked that what it tells really leaves, to the people of the cell alone: SMS, telephone, mail, browser. */
    rings: boolean().notNull().default(false),
    /** The file as it was given, to play on after a restart and to compare with what happened in truth. */
    file: jsonb(),
    fileName: text(),
    /** Last minute of the drill that was played, and the wall clock then: the clock of the exercise runs between the two. */
    minute: doublePrecision(),
    tickedAt: instant(),
    /** What the player must know again after a restart. */
    progress: jsonb().$type<Progress>(),
    setAsideAt: instant(),
    endedByName: text(),
  },
  () => [known('exercise', 'state', EXERCISE_STATES), known('exercise', 'crew', CREWS)],
)

export type Taken = {
  seq: number
  caseId: number
  reference: string
  /** As computed from what was said, before anyone tested or decided. */
  level: number
}

export type Progress = { lastLine: number; taken: Taken[] }
