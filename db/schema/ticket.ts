import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { cases } from './cases.ts'
import { exerciseId, reference } from './columns.ts'

export type RelatedEntity = { id: string; role: string; name?: string; '@referredType'?: string }

/** What the sender of a ticket said in words of the contract that a case has none for: given back as they came. */
export const ticket = pgTable('ticket', {
  caseId: reference()
    .primaryKey()
    .references(() => cases.id),
  exerciseId: exerciseId(),
  severity: text().notNull(),
  ticketType: text().notNull(),
  related: jsonb().$type<RelatedEntity[]>().notNull().default([]),
})
