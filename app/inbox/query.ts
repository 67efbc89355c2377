import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { inboxMessage } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

const PAGE = 50
/** Beyond, the bar says "99+": nobody counts further. */
export const UNREAD_CAP = 99

/** One's own messages: all those unread, then the others, newest first. */
export async function readInbox(actor: AccountActor, before: number | null) {
  return asActor(actor, async (tx) => {
    const found = await tx
      .select({
        id: inboxMessage.id,
        kind: inboxMessage.kind,
        data: inboxMessage.data,
        createdAt: inboxMessage.createdAt,
        readAt: inboxMessage.readAt,
        reference: cases.reference,
      })
      .from(inboxMessage)
      .leftJoin(cases, eq(cases.id, inboxMessage.caseId))
      .where(
        and(
          eq(inboxMessage.accountId, actor.accountId),
          before ? and(isNotNull(inboxMessage.readAt), lt(inboxMessage.id, before)) : undefined,
        ),
      )
      .orderBy(sql`(${inboxMessage.readAt} is null) desc`, desc(inboxMessage.id))
      .limit(PAGE + 1)
    const messages = found.slice(0, PAGE)
    return { messages, next: found.length > PAGE ? oldestRead(messages) : null }
  })
}

/** Where the next page begins: unread ones all stand on the first, so it goes on among those read. */
function oldestRead(messages: { id: number; readAt: Date | null }[]): number {
  return Math.min(Number.MAX_SAFE_INTEGER, ...messages.filter((one) => one.readAt).map((one) => one.id))
}

export async function countUnread(actor: AccountActor): Promise<number> {
  const [counted] = await asActor(actor, (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from (select from ${inboxMessage}
      where ${and(eq(inboxMessage.accountId, actor.accountId), isNull(inboxMessage.readAt))} limit ${UNREAD_CAP + 1}) few`),
  )
  return counted?.n ?? 0
}
