import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { identity, instant, known, reference } from './columns.ts'

export const LESSON_STATES = ['open', 'proved', 'closed'] as const

/** What was recommended after a loss, who does it until when, and what proves that it is done. */
export const lesson = pgTable(
  'lesson',
  {
    id: identity(),
    recommendation: text().notNull(),
    /** An incident of ours or a record of the register: where it was learned. */
    incidentReference: text(),
    recordId: text(),
    ownerName: text().notNull(),
    dueOn: date({ mode: 'string' }).notNull(),
    state: text().$type<(typeof LESSON_STATES)[number]>().notNull().default('open'),
    proof: text(),
    /** The drill that shows it, and its run. */
    drillId: text(),
    exerciseId: reference(),
    provedAt: instant(),
    closedAt: instant(),
    closedByName: text(),
    overdueToldAt: instant(),
    createdAt: instant().notNull(),
    byName: text().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index('lesson_due').on(t.dueOn).where(sql`state <> 'closed'`),
    known('lesson', 'state', LESSON_STATES),
  ],
)
