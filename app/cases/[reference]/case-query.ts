import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'
import type { CaseTest } from '../_parts/test-table.tsx'
import { PRESENT_S } from '../commands/presence.ts'

/** Beyond, a journal is read in the after-action file, not at the desk. */
export const MOST_LINES = 200

export type CaseLine = {
  id: number
  at: string
  heardAt: string | null
  factAt: string | null
  actorId: number | null
  actorName: string
  actorSide: 'reporter' | 'cell' | 'machine'
  event: string
  visibility: 'public' | 'internal'
  certainty: 'observed' | 'reported' | 'supposed' | null
  text: string | null
  data: Record<string, unknown>
}

type Around = {
  organisation: { id: number; name: string; kind: string } | null
  territory: { name: string; timeZone: string } | null
  communes: string[]
  site: string | null
  team: string | null
  assignee: string | null
  holder: string | null
  vital: boolean
  tests: CaseTest[]
  lines: CaseLine[]
  main: string | null
  former: string | null
  duplicates: string[]
  incident: string | null
  callBack: { name: string; phone: string }[]
  phones: string[]
  files: { id: number; name: string; size: number; at: string }[]
  teams: { id: number; name: string }[]
  people: { id: number; name: string }[]
  present: string[]
}

const { search: _, ...columns } = getTableColumns(cases)

/** The whole page of a case in one round trip; null when it does not exist for this person. */
export async function readCase(actor: AccountActor, reference: string, now: Date) {
  const since = new Date(now.getTime() - PRESENT_S * 1000).toISOString()
  const [found] = await asActor(actor, (tx) =>
    tx
      .select({ row: columns, around: around(actor.accountId, since) })
      .from(cases)
      .where(eq(cases.reference, reference)),
  )
  return found ?? null
}

export type CasePage = NonNullable<Awaited<ReturnType<typeof readCase>>>

function around(me: number, since: string) {
  return sql<Around>`json_build_object(
    'organisation', (select json_build_object('id', o.id, 'name', o.name, 'kind', o.kind) from organisation o where o.id = cases.organisation_id),
    'territory', (select json_build_object('name', t.name, 'timeZone', t.time_zone) from territory t where t.code = cases.territory_code),
    'communes', (select coalesce(json_agg(m.name order by m.name), '[]') from commune m where m.code = any (cases.commune_codes)),
    'site', (select s.name from site s where s.id = cases.site_id),
    'team', (select t.name from team t where t.id = cases.team_id),
    'assignee', (select a.name from account a where a.id = cases.assignee_id),
    'holder', (select a.name from account a where a.id = cases.claimed_by_id),
    'vital', exists (select from emergency_number n where n.number = any (cases.numbers) and n.vital),
    'tests', (select coalesce(json_agg(json_build_object('id', x.id, 'side', x.side, 'purpose', x.purpose, 'passed', x.passed,
        'tried', x.tried, 'windowMin', x.window_min, 'number', x.number, 'technology', x.technology, 'operator', x.operator, 'at', x.at) order by x.at, x.id), '[]')
      from case_test x where x.case_id = cases.id),
    'lines', (select coalesce(json_agg(l order by l.id desc), '[]') from (
      select j.id, j.at, j.heard_at as "heardAt", j.fact_at as "factAt", j.actor_id as "actorId", j.actor_name as "actorName",
        j.actor_side as "actorSide", j.event, j.visibility, j.certainty, j.text, j.data
      from journal j where j.case_id = cases.id order by j.id desc limit ${sql.raw(String(MOST_LINES))}) l),
    'main', (select c.reference from cases c where c.id = cases.duplicate_of_id),
    'former', (select c.reference from cases c where c.id = cases.reopened_from_id),
    'duplicates', (select coalesce(json_agg(c.reference order by c.id), '[]') from cases c where c.duplicate_of_id = cases.id),
    'incident', (select i.reference from incident i where i.id = cases.incident_id),
    'callBack', (select coalesce(json_agg(json_build_object('name', c.name, 'phone', c.phone) order by c.name), '[]') from contact c
      where c.organisation_id = cases.organisation_id and c.call_back and c.active and c.phone is not null),
    'files', (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'size', f.size, 'at', f.at) order by f.id), '[]')
      from attachment f where f.case_id = cases.id),
    'phones', (select coalesce(json_agg(c.phone), '[]') from contact c
      where c.organisation_id = cases.organisation_id and c.active and c.phone is not null),
    'teams', (select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name), '[]') from team t where t.active),
    'people', (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) order by a.name), '[]') from account a
      where a.active and a.role in ${rolesWith('cases.work')}),
    'present', (select coalesce(json_agg(a.name order by a.name), '[]') from case_presence p join account a on a.id = p.account_id
      where p.case_id = cases.id and p.account_id <> ${me}::bigint and p.seen_at > ${since}::timestamptz))`
}
