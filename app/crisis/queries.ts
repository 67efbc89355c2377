import { sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'

export type CallTask = {
  organisationId: number
  organisation: string
  since: string
  notices: {
    id: number
    kind: 'authority_notice' | 'situation_report' | 'incident_update'
    number: number
    incident: string | null
    text: string | null
    nextAt: string | null
  }[]
  /** Whom to ask for, the one to call back first. */
  persons: { name: string; post: string | null; phone: string }[]
  /** The last try that did not reach them. */
  last: { at: string; by: string | null; result: string | null } | null
}

/** Authorities still to be telephoned: one call each, whatever it has not acknowledged; who has waited longest first. */
export async function callTasks(tx: Tx): Promise<CallTask[]> {
  const found =
    await tx.execute<CallTask>(sql`select o.id::int as "organisationId", o.name as organisation, min(r.call_due_at) as since,
      jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'number', n.number, 'incident', n.body ->> 'incident',
        'text', coalesce(n.body ->> 'text', n.body ->> 'instruction'), 'nextAt', n.next_at) order by n.issued_at desc, n.id desc) as notices,
      (select coalesce(jsonb_agg(p), '[]') from (select c.name, t.name as post, c.phone from contact c left join post t on t.id = c.post_id
        where c.organisation_id = o.id and c.active and c.phone is not null order by c.call_back desc, c.id limit 3) p) as persons,
      (select jsonb_build_object('at', l.called_at, 'by', l.called_by_name, 'result', l.call_result) from notice_recipient l
        where l.organisation_id = o.id and l.acknowledged_at is null and l.called_at is not null order by l.called_at desc, l.id desc limit 1) as last
    from notice_recipient r join notice n on n.id = r.notice_id join organisation o on o.id = r.organisation_id
    where r.call_due_at is not null and r.acknowledged_at is null
    group by o.id, o.name order by since, o.name`)
  return [...found]
}
