import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'

const PAGE = 50
/** Beyond, the bar says "99+": nobody counts further. */
export const UNREAD_CAP = 99

/** What is about the same thing stands together: a case, an incident, a notice; else each message alone. */
export const GROUP = sql`coalesce('c' || case_id, 'i' || incident_id, 'n' || (data ->> 'noticeId'), 'm' || id)`
/** Of one thing, so many earlier messages are at hand. */
const EARLIER = 20

type Said = {
  id: number
  kind: string
  data: Record<string, string | number>
  createdAt: string
  readAt: string | null
}
export type Grouped = Omit<Said, 'createdAt' | 'readAt'> & {
  createdAt: Date
  /** All of the group. */
  read: boolean
  reference: string | null
  earlier: (Omit<Said, 'createdAt' | 'readAt'> & { createdAt: Date; read: boolean })[]
}

/** One's own messages, a line for each thing they are about, its newest fact first: those with something unread, then the others. */
export async function readInbox(actor: AccountActor, after: InboxPlace | null) {
  return asActor(actor, async (tx) => {
    const found = await tx.execute<
      Said & { read: boolean; reference: string | null; earlier: Said[] }
    >(sql`with grouped as (
        select ${GROUP} as thing, max(id) as newest, bool_and(read_at is not null) as read from inbox_message
        where account_id = ${actor.accountId} group by 1),
      page as (select * from grouped where ${after ? beyond(after) : sql`true`} order by read, newest desc limit ${PAGE + 1})
      select m.id::int, m.kind, m.data, m.created_at as "createdAt", m.read_at as "readAt", p.read, c.reference,
        (select coalesce(json_agg(e order by e.id desc), '[]') from (
          select id::int, kind, data, created_at as "createdAt", read_at as "readAt" from inbox_message
          where account_id = ${actor.accountId} and ${GROUP} = p.thing and id < m.id order by id desc limit ${EARLIER}) e) as earlier
      from page p join inbox_message m on m.id = p.newest left join cases c on c.id = m.case_id
      order by p.read, m.id desc`)
    const messages = found.slice(0, PAGE).map(grouped)
    const last = messages.at(-1)
    return { messages, next: found.length > PAGE && last ? placeText(last) : null }
  })
}

function grouped({
  earlier,
  createdAt,
  readAt: _,
  ...one
}: Said & { read: boolean; reference: string | null; earlier: Said[] }): Grouped {
  return {
    ...one,
    createdAt: new Date(createdAt),
    earlier: earlier.map(({ createdAt: at, readAt, ...said }) => ({
      ...said,
      createdAt: new Date(at),
      read: readAt !== null,
    })),
  }
}

/** The last message of a page: the next one goes on below it, through those unread and then through those read. */
export type InboxPlace = { unread: boolean; id: number }

export function readInboxPlace(typed: unknown): InboxPlace | null {
  const match = typeof typed === 'string' ? /^([ur])(\d{1,15})$/.exec(typed) : null
  return match ? { unread: match[1] === 'u', id: Number(match[2]) } : null
}

function placeText({ id, read }: { id: number; read: boolean }): string {
  return `${read ? 'r' : 'u'}${id}`
}

function beyond({ unread, id }: InboxPlace) {
  return unread ? sql`(read or newest < ${id})` : sql`(read and newest < ${id})`
}

/** How many things have something unread: twelve lines about one case are one. */
export async function countUnread(actor: AccountActor): Promise<number> {
  const [counted] = await asActor(actor, (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from (select distinct ${GROUP} from inbox_message
      where account_id = ${actor.accountId} and read_at is null limit ${UNREAD_CAP + 1}) few`),
  )
  return counted?.n ?? 0
}
