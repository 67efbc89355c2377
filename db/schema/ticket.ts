import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { account, apiToken } from './account.ts'
import { cases } from './cases.ts'
import { exerciseId, identity, instant, reference } from './columns.ts'

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

/** Who asked to be told of tickets: a machine, where it listens, by which key. It hears no more than its key may read. */
export const ticketListener = pgTable(
  'ticket_listener',
  {
    id: uuid().primaryKey(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    /** When this key ends, it hears nothing any more. */
    tokenId: reference()
      .notNull()
      .references(() => apiToken.id, { onDelete: 'cascade' }),
    callback: text().notNull(),
    query: text().notNull(),
    createdAt: instant().notNull(),
    /** When it is told again: now, after a pause when it did not answer, or when whoever tells it has died. */
    nextAt: instant().notNull(),
    failures: integer().notNull().default(0),
    failingSince: instant(),
    lastError: text(),
  },
  (t) => [
    uniqueIndex('ticket_listener_once').on(t.accountId, t.callback, t.query),
    index('ticket_listener_token').on(t.tokenId),
  ],
)

/** What a listener has yet to be told: gone when it has taken it. */
export const ticketEvent = pgTable(
  'ticket_event',
  {
    id: identity(),
    listenerId: uuid()
      .notNull()
      .references(() => ticketListener.id, { onDelete: 'cascade' }),
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    /** The line of the journal that it tells of. */
    lineId: reference().notNull(),
    type: text().notNull(),
  },
  (t) => [
    uniqueIndex('ticket_event_once').on(t.listenerId, t.lineId, t.type),
    index('ticket_event_case').on(t.caseId),
  ],
)
