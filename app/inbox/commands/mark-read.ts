import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { inboxMessage } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import { GROUP } from '../query.ts'

/**
 * Reads what is about one thing, as far as it was shown, or all of one's own. The reader's other pages hear of it, and what was
 * still to reach him another way stays at home; nobody else is concerned, so no journal line.
 */
export function markRead(
  actor: AccountActor,
  { id }: { id: number | null },
  now: Date,
): Promise<Result<{ read: number }>> {
  return asActor(actor, async (tx) => {
    const [shown] = id
      ? await tx
          .select({ thing: sql<string>`${GROUP}` })
          .from(inboxMessage)
          .where(and(eq(inboxMessage.accountId, actor.accountId), eq(inboxMessage.id, id)))
      : []
    if (id && !shown) return refused('inbox.page.gone')
    const read = await tx
      .update(inboxMessage)
      .set({ readAt: now })
      .where(
        and(
          eq(inboxMessage.accountId, actor.accountId),
          isNull(inboxMessage.readAt),
          // What came since was not on his page.
          shown && id ? and(sql`${GROUP} = ${shown.thing}`, lte(inboxMessage.id, id)) : undefined,
        ),
      )
      .returning({ key: inboxMessage.dedupeKey })
    const keys = `{${read.map(({ key }) => JSON.stringify(key)).join(',')}}`
    await tx.execute(sql`select app.messages_read(${keys}::text[], ${now.toISOString()}::timestamptz),
      pg_notify('permanence', ${`inbox:${actor.accountId}`})`)
    return done({ read: read.length })
  })
}
