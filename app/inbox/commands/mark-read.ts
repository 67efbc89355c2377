import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { inboxMessage } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

/** Reads one message, or all of one's own. The reader's other pages hear of it; nobody else does, so no journal line. */
export function markRead(
  actor: AccountActor,
  { id }: { id: number | null },
  now: Date,
): Promise<Result<{ read: number }>> {
  return asActor(actor, async (tx) => {
    const read = await tx
      .update(inboxMessage)
      .set({ readAt: now })
      .where(
        and(
          eq(inboxMessage.accountId, actor.accountId),
          isNull(inboxMessage.readAt),
          id ? eq(inboxMessage.id, id) : undefined,
        ),
      )
      .returning({ key: inboxMessage.dedupeKey })
    if (id && read.length === 0) return refused('inbox.page.gone')
    const keys = `{${read.map(({ key }) => JSON.stringify(key)).join(',')}}`
    await tx.execute(sql`select app.messages_read(${keys}::text[], ${now.toISOString()}::timestamptz),
      pg_notify('permanence', ${`inbox:${actor.accountId}`})`)
    return done({ read: read.length })
  })
}
