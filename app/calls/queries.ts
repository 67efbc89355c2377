import { sql } from 'drizzle-orm'
import { cache } from 'react'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { showPhone } from '#app/directory/rules/phone.ts'
import type { CallDirection, CallState } from '#db/schema/call.ts'
import { asActor } from '#db/transaction.ts'

export type CallLine = {
  id: number
  direction: CallDirection
  state: CallState
  phone: string | null
  shown: string
  /** The number to press, as it is read aloud; what the switchboard said when it is none. */
  number: string
  queue: string | null
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  callBackAt: string | null
  calledBackAt: string | null
  calledBackBy: string | null
  result: string | null
  /** Of the same number, not called back either, this one included. */
  tries: number
  mine: boolean
  answeredBy: string | null
  reference: string | null
  callers: Caller[]
}
/** Whose number it is: one is known, several are ambiguous, none is unknown. */
export type Caller = {
  key: string
  organisation: string
  contact: string | null
  post: string | null
  open: string[]
}

export const CALL_VIEWS = ['to_do', 'now', 'all'] as const
export type CallView = (typeof CALL_VIEWS)[number]
const AT_ONCE = 50

/** Calls of the hotline, the newest first; those to call back with the first due first, one line a number. */
export function readCalls(
  actor: AccountActor,
  view: CallView,
  before: number | null = null,
  most = AT_ONCE,
): Promise<{ calls: CallLine[]; next: number | null }> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work')) return { calls: [], next: null }
    const rows = await tx.execute<CallLine>(sql`
      select ${LINE(actor.accountId)} from phone_call p
        left join account a on a.id = p.account_id
        left join cases c on c.id = p.case_id
      where ${WHICH[view]} and (${before}::bigint is null or p.id < ${before}::bigint)
      order by ${view === 'to_do' ? sql`p.call_back_at, p.id` : sql`p.id desc`} limit ${most + 1}`)
    const calls = rows.slice(0, most).map(read)
    return { calls, next: rows.length > most ? (calls.at(-1)?.id ?? null) : null }
  })
}

/** What pops on the screen of this person: what rings now, and what he answered and has not written down. */
export function readPop(actor: AccountActor, now: Date): Promise<CallLine[]> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work') || actor.exerciseId !== null) return []
    const rows = await tx.execute<CallLine>(sql`
      select ${LINE(actor.accountId)} from phone_call p
        left join account a on a.id = p.account_id
        left join cases c on c.id = p.case_id
      where p.direction = 'in' and p.started_at > ${now.toISOString()}::timestamptz - interval '30 minutes'
        and (p.ended_at is null and p.state = 'ringing'
          or p.account_id = ${actor.accountId} and p.case_id is null
            and (p.ended_at is null or p.ended_at > ${now.toISOString()}::timestamptz - interval '2 minutes'))
      order by (p.account_id = ${actor.accountId}) desc nulls last, p.started_at desc limit 6`)
    return rows.map(read)
  })
}

/** By which name the switchboard knows the telephone of this person; null: by none. */
export function readTelephone(actor: AccountActor): Promise<string | null> {
  return asActor(actor, async (tx) => {
    const [row] = await tx.execute<{ name: string }>(
      sql`select name from own_telephone where account_id = ${actor.accountId}`,
    )
    return row?.name ?? null
  })
}

/** An exercise rings nobody. */
export function callsBack(actor: AccountActor): boolean {
  return may(actor, 'cases.work') && actor.exerciseId === null
}

const CALLERS = sql`count(distinct coalesce(phone, id::text))`
const TO_CALL = sql`phone_call where call_back_at is not null and called_back_at is null`
/** How many callers nobody answered, as one value of a statement. */
export const TO_CALL_BACK = sql`(select ${CALLERS}::int from ${TO_CALL})`

/** How many are to be called back, and how many of them late. */
export const countToCallBack = cache(
  (actor: AccountActor, now: Date): Promise<{ due: number; late: number }> => {
    return asActor(actor, async (tx) => {
      if (!callsBack(actor)) return { due: 0, late: 0 }
      const [row] = await tx.execute<{ due: number; late: number }>(sql`
      select ${CALLERS}::int as due, (${CALLERS} filter (where call_back_at < ${now.toISOString()}::timestamptz))::int as late from ${TO_CALL}`)
      return row ?? { due: 0, late: 0 }
    })
  },
)

function read(row: CallLine): CallLine {
  return { ...row, number: row.phone ? showPhone(row.phone) : row.shown }
}

const OPEN_TASK = sql`p.call_back_at is not null and p.called_back_at is null`
const WHICH = {
  // One task a number, due when the first of its tries is.
  to_do: sql`${OPEN_TASK} and not exists (select from phone_call e where e.phone = p.phone and e.id < p.id
    and e.call_back_at is not null and e.called_back_at is null)`,
  now: sql`p.ended_at is null`,
  all: sql`true`,
} satisfies Record<CallView, unknown>

const LINE = (me: number) => sql`p.id::int as id, p.direction, p.state, p.phone, p.shown, p.queue,
  p.started_at as "startedAt", p.answered_at as "answeredAt", p.ended_at as "endedAt",
  p.call_back_at as "callBackAt", p.called_back_at as "calledBackAt", p.called_back_by_name as "calledBackBy", p.result,
  case when p.phone is null then 1 else (select count(*)::int from phone_call e where e.phone = p.phone
    and e.call_back_at is not null and e.called_back_at is null) end as tries,
  coalesce(p.account_id = ${me}, false) as mine, coalesce(a.name, p.telephone) as "answeredBy", c.reference,
  (select coalesce(jsonb_agg(x), '[]') from (
    select o.id || coalesce('.' || k.id, '') as key, o.name as organisation, k.name as contact, s.name as post,
      (select coalesce(jsonb_agg(reference), '[]') from (select reference from cases q
        where q.organisation_id = o.id and app.is_open(q.state) and q.exercise_id is null
        order by q.received_at desc limit 3) q) as open
    from contact k join organisation o on o.id = k.organisation_id left join post s on s.id = k.post_id
    where k.phone = p.phone and k.active and o.active and o.exercise_id is null order by o.name, k.id limit 4) x) as callers`
