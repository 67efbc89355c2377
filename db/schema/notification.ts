import { index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { exerciseId, identity, instant, reference } from './columns.ts'

/** The in-application inbox: first channel behind the notification port; the others come later. */
export const inboxMessage = pgTable(
  'inbox_message',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    exerciseId: exerciseId(),
    /** Message key: inbox.KIND. */
    kind: text().notNull(),
    data: jsonb().$type<Record<string, string | number>>().notNull(),
    caseId: reference(),
    incidentId: reference(),
    /** Same key twice = told once. */
    dedupeKey: text().notNull(),
    createdAt: instant().notNull(),
    readAt: instant(),
    acknowledgedAt: instant(),
  },
  (t) => [
    uniqueIndex('inbox_message_once').on(t.accountId, t.dedupeKey),
    index('inbox_message_unread').on(t.accountId, t.id.desc().nullsFirst()),
  ],
)
