import { sql } from 'drizzle-orm'
import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import type { Spending } from '#app/_doors/rules/budgets.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import type { TerritoryKind } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import type { ReportInput } from '../input.ts'
import { yearOfNumber } from '../rules/reference-number.ts'
import type { RoutingRule } from '../rules/routing.ts'

export type Existing = {
  id: number
  reference: string
  level: Level
  nextContactAt: string | null
  round: number
  content: string | null
  state: CaseState
  receivedAt: string
  closedAt: string | null
  originalOpen: boolean
}
export type Seen = {
  existing: Existing | null
  organisation: { kind: string; name: string; sees: string[] } | null
  territory: { kind: TerritoryKind; timeZone: string; parents: string[] } | null
  known: { number: string; vital: boolean }[]
  site: { access: string } | null
  former: { id: number } | null
  routing: { general: number; rules: RoutingRule[]; onDuty: number[] }
  rank: number
  /** Milliseconds until there is something to spend again. */
  waits: number
}

/** Everything the decision needs, in one round trip, as this actor may see it. */
export async function seeReport(
  tx: Tx,
  actor: Actor,
  input: ReportInput,
  scope: string,
  organisationId: number | null,
  budget: Spending[],
  now: Date,
): Promise<Seen> {
  const world = exerciseOf(actor) === null ? 'case' : 'exercise'
  const numbers = `{${input.numbers.map((number) => JSON.stringify(number)).join(',')}}`
  const [seen] = await tx.execute<Seen>(sql`
    with spent as materialized (select app.spend(${JSON.stringify(budget)}::jsonb, ${now.toISOString()}::timestamptz) as waits)
    select spent.waits,
    (select jsonb_build_object('id', c.id, 'reference', c.reference, 'level', c.level, 'nextContactAt', c.next_contact_at,
        'round', c.submission_round, 'content', c.submission_content, 'state', c.state, 'receivedAt', c.received_at,
        'closedAt', c.closed_at, 'originalOpen', exists (select from cases o
          where o.id = c.duplicate_of_id and app.is_open(o.state)))
      from cases c where c.submission_id = ${input.submissionId}::uuid and c.submission_scope = ${scope}
      order by c.submission_round desc limit 1) as existing,
    (select jsonb_build_object('kind', kind, 'name', name, 'sees', sees) from organisation
      where id = ${organisationId}::bigint and active) as organisation,
    (select jsonb_build_object('kind', kind, 'timeZone', time_zone, 'parents', array_remove(array[region_code, zone_code, case when exercise_id is null then 'FR' end], null))
      from territory where code = ${input.territoryCode}) as territory,
    (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'vital', vital)), '[]') from app.numbers()
      where number = any (${numbers}::text[])) as known,
    (select jsonb_build_object('access', access) from site where id = ${input.siteId}::bigint
      and organisation_id = ${organisationId}::bigint) as site,
    (select jsonb_build_object('id', id) from cases where reference = ${input.reopenedFrom}
      and organisation_id = ${organisationId}::bigint) as former,
    app.routing(${now.toISOString()}::timestamptz) as routing,
    case when spent.waits = 0 then app.next_case_number(${world}, ${yearOfNumber(now)})::int end as rank from spent`)
  return seen as Seen
}
