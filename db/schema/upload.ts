import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { identity, instant, reference } from './columns.ts'

/** A file of the directory between its dry run and its confirmation: kept a day at most, then nothing of it remains. */
export const directoryUpload = pgTable('directory_upload', {
  id: identity(),
  accountId: reference()
    .notNull()
    .references(() => account.id),
  fileName: text().notNull(),
  content: text().notNull(),
  /** sha256 of the content: what is confirmed is what was shown. */
  hash: text().notNull(),
  bytes: integer().notNull(),
  createdAt: instant().notNull(),
})
