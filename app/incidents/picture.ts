import { sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'

/** The facts of a situation report (DOMAIN §7): by number, territory, network, with n passed of m tried. */
export type Picture = {
  asOf: string
  /** Each case in one of them, open apart, which holds the first three: they add up. Absent from reports made before. */
  cases: {
    open: number
    restored: number
    confirmed: number
    closed: number
    total?: number
    failing?: number
    aside?: number
  }
  organisations: number
  territories: {
    code: string
    name: string
    numbers: string[]
    cases: number
    open: number
    passed: number
    tried: number
  }[]
  numbers: { number: string; territories: number; cases: number; passed: number; tried: number }[]
  networks: { technology: string; operator: string; passed: number; tried: number }[]
  fallbacks: { territory: string; state: string }[]
}

export async function picture(tx: Tx, incidentId: number, now: Date): Promise<Picture> {
  const [row] = await tx.execute<Omit<Picture, 'asOf'>>(sql`
    with mine as (select * from cases where incident_id = ${incidentId}),
    tests as (select t.*, m.territory_code, m.numbers from case_test t join mine m on m.id = t.case_id),
    place as (
      select m.territory_code as code, coalesce(t.name, m.territory_code) as name, count(distinct m.id)::int as cases,
        count(distinct m.id) filter (where app.is_open(m.state))::int as open,
        array(select distinct n from mine x, unnest(x.numbers) n where x.territory_code = m.territory_code order by n) as numbers,
        coalesce((select sum(passed) from tests where territory_code = m.territory_code), 0)::int as passed,
        coalesce((select sum(tried) from tests where territory_code = m.territory_code), 0)::int as tried
      from mine m left join territory t on t.code = m.territory_code group by m.territory_code, t.name)
    select
      jsonb_build_object(
        'open', (select count(*) from mine where app.is_open(state)),
        'total', (select count(*) from mine),
        'failing', (select count(*) from mine where app.is_open(state) and state not in ('restored', 'confirmed')),
        'restored', (select count(*) from mine where state = 'restored'), 'confirmed', (select count(*) from mine where state = 'confirmed'),
        'closed', (select count(*) from mine where state = 'closed'),
        'aside', (select count(*) from mine where not app.is_open(state) and state <> 'closed')) as cases,
      (select count(distinct organisation_id)::int from mine) as organisations,
      (select coalesce(jsonb_agg(to_jsonb(place) order by place.code), '[]') from place) as territories,
      (select coalesce(jsonb_agg(jsonb_build_object('number', n, 'territories', territories, 'cases', cases, 'passed', passed, 'tried', tried) order by n), '[]') from (
        select n, count(distinct territory_code)::int as territories, count(*)::int as cases,
          coalesce((select sum(passed) from tests where coalesce(number, n) = n and n = any (numbers)), 0)::int as passed,
          coalesce((select sum(tried) from tests where coalesce(number, n) = n and n = any (numbers)), 0)::int as tried
        from mine, unnest(numbers) n group by n) by_number) as numbers,
      (select coalesce(jsonb_agg(jsonb_build_object('technology', technology, 'operator', operator, 'passed', passed, 'tried', tried)), '[]') from (
        select coalesce(technology, 'unknown') as technology, coalesce(operator, '') as operator, sum(passed)::int as passed, sum(tried)::int as tried
        from tests group by 1, 2 order by 4 desc) by_network) as networks,
      (select coalesce(jsonb_agg(jsonb_build_object('territory', territory_code, 'state', fallback)), '[]') from (
        
        select distinct territory_code, fallback from mine where fallback in ('active', 'planned', 'failing')
        -- The register of fallback numbers says it too, and by its tests.
        union select f.territory_code, case when exists (select from fallback_test t where t.fallback_id = f.id and t.passed < t.tried
              and not exists (select from fallback_test l where l.fallback_id = f.id and lower(trim(l.network)) = lower(trim(t.network)) and l.id > t.id))
            then 'failing' when f.state = 'open' then 'active' else 'planned' end
          from fallback f where f.state <> 'closed' and (f.incident_id = ${incidentId}
            or exists (select from mine m where m.territory_code = f.territory_code and f.covers = any (m.numbers)))) by_fallback) as fallbacks`)
  return { asOf: now.toISOString(), ...(row as Omit<Picture, 'asOf'>) }
}
