import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { cases } from './cases.ts'
import { bytea, exerciseId, identity, instant, known, reference } from './columns.ts'

export const ATTACHED_KINDS = ['image/jpeg', 'image/png', 'text/plain'] as const
export type AttachedKind = (typeof ATTACHED_KINDS)[number]

/**
 * A photo of a screen, a trace: what words say badly. In the database, so that every host has it, a policy guards it and one
 * backup holds it; small and few (app/cases/rules/attached-file.ts).
 */
export const attachment = pgTable(
  'attachment',
  {
    id: identity(),
    caseId: reference()
      .notNull()
      .references(() => cases.id),
    exerciseId: exerciseId(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    name: text().notNull(),
    kind: text().$type<AttachedKind>().notNull(),
    size: integer().notNull(),
    content: bytea().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('attachment_case').on(t.caseId), known('attachment', 'kind', ATTACHED_KINDS)],
)
