import { doublePrecision, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { identity, instant, reference } from './columns.ts'

/** An exercise is another world (invariant 9): every row made in it carries its id. */
export const exercise = pgTable('exercise', {
  id: identity(),
  drillId: text().notNull(),
  title: text().notNull(),
  state: text().$type<'running' | 'stopped' | 'finished'>().notNull(),
  crew: text().$type<'none' | 'standard' | 'people'>().notNull().default('people'),
  /** Drill minutes per real minute. */
  speed: doublePrecision().notNull().default(1),
  startedAt: instant().notNull(),
  endedAt: instant(),
  startedById: reference(),
  result: jsonb(),
  /** Numbers a drill from abroad brings, each vital in its world. */
  numbers: text().array().notNull().default([]),
})
