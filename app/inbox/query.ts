import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { inboxMessage } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

const PAGE = 50
/** Beyond, the bar says "99+": nobody counts further. */
export const UNREAD_CAP = 99

/** One's own messages: all those unread, then the others, newest first. */
export async function readInbox(actor: AccountActor, after: InboxPlace | null) {
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
      .where(and(eq(inboxMessage.accountId, actor.accountId), after ? beyond(after) : undefined))
      .orderBy(sql`(${inboxMessage.readAt} is null) desc`, desc(inboxMessage.id))
      .limit(PAGE + 1)
    const messages = found.slice(0, PAGE)
    const last = messages.at(-1)
    return { messages, next: found.length > PAGE && last ? placeText(last) : null }
  })
}

/** The last message of a page: the next one goes on below it, through those unread and then through those read. */
export type InboxPlace = { unread: boolean; id: number }

export function readInboxPlace(typed: unknown): InboxPlace | null {
  const match = typeof typed === 'string' ? /^([ur])(\d{1,15})$/.exec(typed) : null
  return match ? { unread: match[1] === 'u', id: Number(match[2]) } : null
}

function placeText({ id, readAt }: { id: number; readAt: Date | null }): string {
  return `${readAt ? 'r' : 'u'}${id}`
}

function beyond({ unread, id }: InboxPlace) {
  const below = lt(inboxMessage.id, id)
  return unread ? or(isNotNull(inboxMessage.readAt), below) : and(isNotNull(inboxMessage.readAt), below)
}

export async function countUnread(actor: AccountActor): Promise<number> {
  const [counted] = await asActor(actor, (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from (select from ${inboxMessage}
      where ${and(eq(inboxMessage.accountId, actor.accountId), isNull(inboxMessage.readAt))} limit ${UNREAD_CAP + 1}) few`),
  )
  return counted?.n ?? 0
}
