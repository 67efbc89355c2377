import { and, eq, sql } from 'drizzle-orm'
import type { Locale } from '#app/_i18n/locale.ts'
import { type SitrepDocument, sitrepDocument } from '#app/sitreps/document.ts'
import { notice, noticeRecipient } from '#db/schema/crisis.ts'
import type { Tx } from '#db/transaction.ts'
import type { OutboxRow } from './give-up.ts'

/** The report that a letter brings, with the annex of its reader's organisation and no other's; null when it brings none. */
export async function enclosedIn(tx: Tx, row: OutboxRow, locale: Locale): Promise<SitrepDocument | null> {
  const { noticeId } = row.data
  if (row.channel !== 'mail' || row.kind !== 'notice_issued' || typeof noticeId !== 'number') return null
  const of = { account: sql`account`, post: sql`post`, contact: sql`contact` } as const
  const [table, id] =
    row.accountId === null
      ? [of[row.toType === 'contact' ? 'contact' : 'post'], row.toId]
      : [of.account, row.accountId]
  const [found] = await tx
    .select({ one: notice, annex: noticeRecipient.annex })
    .from(notice)
    .innerJoin(
      noticeRecipient,
      and(
        eq(noticeRecipient.noticeId, notice.id),
        sql`${noticeRecipient.organisationId} = (select organisation_id from ${table} where id = ${id})`,
      ),
    )
    .where(and(eq(notice.id, noticeId), eq(notice.state, 'issued')))
  return found ? sitrepDocument(found.one, found.annex, locale) : null
}
