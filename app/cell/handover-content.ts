import { sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'

type CaseLine = {
  reference: string
  level: number
  state: string
  organisation: string | null
  territory: string
  numbers: string[]
  nextContactAt: string | null
  assignee: string | null
}

/** What the outgoing person reads aloud (DOMAIN §6). */
export type HandoverContent = {
  asOf: string
  cell: { state: string; at: string | null }
  incidents: {
    reference: string
    title?: string | null
    state: string
    level: number
    openedAt: string
    openCases: number
  }[]
  cases: CaseLine[]
  /** Promises due within the two hours of the incoming person's first reading. */
  due: CaseLine[]
  instructions: { reference: string; text: string; at: string }[]
  fallbacks: { territory: string; state: string; reference: string }[]
  works: CaseLine[]
  /** Closed or open of the last 24 h without a known cause. */
  unexplained: CaseLine[]
  proposals: {
    rule: string
    level: string
    state: string
    at: string
    /** Not on the older sheets. */
    reason?: { key: string; values: Record<string, string | number> }
  }[]
}

/** At most so many lines a list: a relève is read aloud in ten minutes. */
const MOST = 60

export async function handoverContent(tx: Tx, now: Date): Promise<HandoverContent> {
  const line = sql`jsonb_build_object('reference', c.reference, 'level', c.level, 'state', c.state, 'organisation', o.name, 'territory', coalesce(t.name, c.territory_code),
    'numbers', to_jsonb(c.numbers), 'nextContactAt', c.next_contact_at, 'assignee', a.name)`
  const from = sql`from cases c left join organisation o on o.id = c.organisation_id left join account a on a.id = c.assignee_id
    left join territory t on t.code = c.territory_code`
  const open = sql`app.is_open(c.state)`
  const at = now.toISOString()
  const [row] = await tx.execute<Omit<HandoverContent, 'asOf'>>(sql`select
    coalesce((select jsonb_build_object('state', state, 'at', at) from cell_state order by id desc limit 1), jsonb_build_object('state', 'permanent_watch', 'at', null)) as cell,
    coalesce((select jsonb_agg(jsonb_build_object('reference', i.reference, 'title', i.title, 'state', i.state, 'level', i.level, 'openedAt', i.opened_at,
      'openCases', (select count(*) from cases c where c.incident_id = i.id and ${open})) order by i.level desc, i.opened_at)
      from incident i where i.state <> 'closed'), '[]') as incidents,
    coalesce((select jsonb_agg(l) from (select ${line} as l ${from} where ${open} order by c.queue_rank, c.level desc, c.received_at, c.id limit ${MOST}) x), '[]') as cases,
    coalesce((select jsonb_agg(l) from (select ${line} as l ${from} where ${open} and c.next_contact_at <= ${at}::timestamptz + interval '2 hours' order by c.next_contact_at limit ${MOST}) x), '[]') as due,
    coalesce((select jsonb_agg(jsonb_build_object('reference', i.reference, 'text', n.body ->> 'instruction', 'at', n.issued_at)) from notice n join incident i on i.id = n.incident_id
      where n.state = 'issued' and i.state <> 'closed' and coalesce(n.body ->> 'instruction', '') <> ''
        and n.number = (select max(number) from notice m where m.incident_id = n.incident_id and m.kind = n.kind and m.state = 'issued')), '[]') as instructions,
    coalesce((select jsonb_agg(jsonb_build_object('territory', coalesce(t.name, c.territory_code), 'state', c.fallback, 'reference', c.reference)) from cases c
      left join territory t on t.code = c.territory_code
      where ${open} and c.fallback in ('active', 'failing', 'planned')), '[]') as fallbacks,
    coalesce((select jsonb_agg(l) from (select ${line} as l ${from} where ${open} and (c.announced_works or c.qualification_reason = 'triggers.qualification.works') limit ${MOST}) x), '[]') as works,
    coalesce((select jsonb_agg(l) from (select ${line} as l ${from} where c.received_at >= ${at}::timestamptz - interval '24 hours'
      and (c.cause is null or c.cause in ('not_reproduced', 'no_fault')) and app.counts(c.state) order by c.received_at desc limit ${MOST}) x), '[]') as unexplained,
    coalesce((select jsonb_agg(jsonb_build_object('rule', rule, 'level', level, 'state', state, 'at', fired_at, 'reason', reason) order by fired_at desc) from proposal
      where fired_at >= ${at}::timestamptz - interval '24 hours'), '[]') as proposals`)
  return { asOf: at, ...(row as Omit<HandoverContent, 'asOf'>) }
}
