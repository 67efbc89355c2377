import { type SQL, sql } from 'drizzle-orm'
import { type AccountActor, type Actor, may } from '#app/_auth/actor.ts'
import type { Tx } from '#db/transaction.ts'

export type CallTask = {
  /** `organisation:12` or `account:7`: whom one call is for. */
  who: string
  name: string
  since: string
  notices: {
    id: number
    kind: 'authority_notice' | 'situation_report' | 'incident_update'
    number: number
    incident: string | null
    text: string | null
    nextAt: string | null
  }[]
  /** Instructions it was asked about, and has not answered by the hour. */
  asked: { instructionId: number; number: number }[]
  /** What no way brought. */
  messages: { kind: string; data: Record<string, string | number>; to: string }[]
  /** Whom to ask for, the one to call back first. */
  persons: { name: string; post: string | null; phone: string }[]
  /** The last try that did not reach them. */
  last: { at: string; by: string | null; result: string | null } | null
}

/** What a telephone reaches. */
const SPOKEN = sql.raw(`('mobile', 'landline', 'satellite')`)

/**
 * Everything that waits for a telephone call, a row a thing: notices nobody acknowledged, instructions nobody answered, messages
 * that no way brought. The numbers of people of the house are for those who call: to others their rows are not even read.
 */
export function dueCalls(actor: Actor): SQL {
  const unreached = sql`union all
    select u.data ->> 'who', 'message', m.id, u.data ->> 'name', u.at, l.at, l.actor_name, l.text
    from journal u join outbox m on m.id = (u.data ->> 'messageId')::bigint
    left join lateral (select at, actor_name, text from journal l
      where l.event = 'cell.called' and l.data ->> 'who' = u.data ->> 'who' and l.id > u.id order by l.id desc limit 1) l on true
    where u.event = 'cell.unreached'
      and not exists (select from account a where a.id = m.account_id and not a.active)
      and not exists (select from journal r where r.event = 'cell.called' and r.data ->> 'who' = u.data ->> 'who'
        and r.data ->> 'reached' = 'true' and r.id > u.id)
      and not exists (select from outbox o where o.dedupe_key = m.dedupe_key and o.acknowledged_at is not null
        and (o.account_id = m.account_id or m.account_id is null and o.to_type = m.to_type and o.to_id = m.to_id))`
  return sql`select 'organisation:' || organisation_id as who, 'notice' as about, notice_id as id, null as name, call_due_at as since,
      called_at, called_by_name as called_by, call_result as result
    from notice_recipient where call_due_at is not null and acknowledged_at is null
    union all
    select 'organisation:' || a.organisation_id, 'instruction', i.id, null, a.call_due_at, a.called_at, a.called_by_name, a.call_result
    from instruction i join instruction_asked a on a.instruction_id = i.id and a.text_version = i.text_version
    where i.state = 'draft' and a.call_due_at is not null and a.answer is null
    ${actor.kind !== 'door' && may(actor, 'notices.write') ? unreached : sql``}`
}

/** How many calls there are to make, as one value of a statement. */
export function countCalls(actor: AccountActor): SQL {
  return sql`(select count(distinct who)::int from (${dueCalls(actor)}) due)`
}

/** Whom to telephone: one call each, an authority whatever it has not answered; who has waited longest first. */
export async function callTasks(tx: Tx, actor: AccountActor): Promise<CallTask[]> {
  const found = await tx.execute<CallTask>(sql`with due as (${dueCalls(actor)}),
      missed as (select due.who, u.account_id, u.to_type, u.to_id from due join outbox u on due.about = 'message' and u.id = due.id)
    select d.who, coalesce(o.name, min(d.name)) as name, min(d.since) as since,
      coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'number', n.number, 'incident', n.body ->> 'incident',
        'text', coalesce(n.body ->> 'text', n.body ->> 'instruction'), 'nextAt', n.next_at) order by n.issued_at desc, n.id desc)
        filter (where n.id is not null), '[]') as notices,
      coalesce(jsonb_agg(distinct jsonb_build_object('instructionId', i.id, 'number', i.number)) filter (where i.id is not null), '[]') as asked,
      coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'data', m.data, 'to', d.name) order by m.id desc) filter (where m.id is not null), '[]') as messages,
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'post', post, 'phone', phone) order by place, id), '[]') from (
        select distinct on (phone) * from (
          select a.name, null as post, w.phone, w.place, w.id from missed u join account a on a.id = u.account_id and a.active
            cross join lateral (select value as phone, case when verified_at is null then 2 else 1 end as place, id from contact_way
              where account_id = a.id and active and kind in ${SPOKEN} union all select a.phone, 3, a.id where a.phone is not null) w
          where u.who = d.who
          union all (select c.name, t.name, c.phone, c.place, c.id from (select *, case when exists (select from missed u where u.account_id is null
              and (u.to_type = 'contact' and u.to_id = c.id or u.to_type = 'post' and u.to_id = c.post_id)) then 1 when call_back then 4 else 5 end as place
            from contact c where c.organisation_id = o.id and c.active and c.phone is not null) c
            left join post t on t.id = c.post_id order by c.place, c.id limit 3)) p order by phone, place, id) p) as persons,
      (array_agg(jsonb_build_object('at', d.called_at, 'by', d.called_by, 'result', d.result) order by d.called_at desc)
        filter (where d.called_at is not null))[1] as last
    from due d left join organisation o on d.who = 'organisation:' || o.id
      left join notice n on d.about = 'notice' and n.id = d.id
      left join instruction i on d.about = 'instruction' and i.id = d.id
      left join outbox m on d.about = 'message' and m.id = d.id
    group by d.who, o.id, o.name order by since, name`)
  return [...found]
}
