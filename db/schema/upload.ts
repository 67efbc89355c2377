import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { account } from './account.ts'
import { identity, instant, known, reference } from './columns.ts'

export const UPLOAD_PURPOSES = ['directory', 'copper', 'register'] as const
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number]

/** A file between its dry run and its confirmation: kept a day at most, then nothing of it remains. */
export const directoryUpload = pgTable(
  'directory_upload',
  {
    id: identity(),
    accountId: reference()
      .notNull()
      .references(() => account.id),
    purpose: text().$type<UploadPurpose>().notNull().default('directory'),
    fileName: text().notNull(),
    content: text().notNull(),
    /** sha256 of the content: what is confirmed is what was shown. */
    hash: text().notNull(),
    bytes: integer().notNull(),
    createdAt: instant().notNull(),
  },
  () => [known('directory_upload', 'purpose', UPLOAD_PURPOSES)],
)
