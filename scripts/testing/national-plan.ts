import type postgres from 'postgres'
import { hashToken } from '#app/_auth/token.ts'

export type PlannedProbe = { name: string; operator: string; technology: string }
export type NationalPlan = {
  numbers: readonly string[]
  places: readonly string[]
  probes: readonly PlannedProbe[]
  everyS: number
  /** Each destination by one probe, in turn; otherwise each by all of them. */
  inTurn: boolean
}
export type Agreed = { id: number; probe: string }

/** A plan of test calls as a country would have it, with the key that its probes sign with: written at once, as of three days ago. */
export async function makeNationalPlan(
  owner: postgres.Sql,
  key: string,
  { numbers, places, probes, everyS, inTurn }: NationalPlan,
): Promise<Agreed[]> {
  await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
    select min(id), ${hashToken(key)}, 'mesure', '{probe}', now(), now() + interval '1 day' from account where role = 'admin'`
  return owner<Agreed[]>`
    with agreed as (
      insert into test_agreement (organisation_id, number, territory_code, destination, agreed_by, agreed_on, contact, most_per_hour, created_at, created_by_name)
      select (select min(id) from organisation), number, place, number || '-' || place, 'Mesure', now()::date, 'Mesure', 3600, now() - interval '3 days', 'Mesure'
      from unnest(${[...numbers]}::text[]) number, unnest(${[...places]}::text[]) place returning id, number, territory_code),
    probes as (
      insert into probe (name, territory_code, operator, technology, created_at)
      select name, '75', operator, technology, now() - interval '3 days'
      from jsonb_to_recordset(${JSON.stringify(probes)}::text::jsonb) as x (name text, operator text, technology text) returning id, name),
    pairs as (
      select a.id, p.id as probe_id, p.name from (select id, row_number() over (order by number, territory_code) as n from agreed) a
      join (select id, name, row_number() over (order by name) - 1 as n from probes) p on not ${inTurn}::boolean or a.n % ${probes.length}::int = p.n),
    planned as (insert into test_plan (agreement_id, probe_id, every_s) select id, probe_id, ${everyS}::int from pairs)
    select id::int as id, name as probe from pairs`
}
