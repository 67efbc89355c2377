import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { asActor } from '#db/transaction.ts'
import { OVERDUE_IN_SQL } from '../rules/deadlines.ts'

/** A day in Paris: how many became residual, were confirmed, were closed, and remained at its end. */
export type ResidualDay = { day: string; began: number; confirmed: number; closed: number; left: number }
/** What remains of one incident; reference null for cases that belong to none any more. */
export type ResidualIncident = {
  reference: string | null
  title: string | null
  open: number
  oldest: string
  overdue: number
  takenOver: number
}
export type Residuals = { days: ResidualDay[]; incidents: ResidualIncident[] }

const DAYS = 7

/** Daily roll-up of what incidents left behind, in one round trip by the index of residual cases. */
export async function readResiduals(actor: AccountActor, now: Date): Promise<Residuals> {
  const at = sql`${now.toISOString()}::timestamptz`
  const [read] = await asActor(actor, (tx) =>
    tx.execute<Residuals>(sql`
      with remaining as (select * from cases where residual_since is not null),
      days as (
        select day, day at time zone 'Europe/Paris' as first, (day + interval '1 day') at time zone 'Europe/Paris' as past
        from generate_series(date_trunc('day', ${at} at time zone 'Europe/Paris') - ${DAYS - 1} * interval '1 day',
          date_trunc('day', ${at} at time zone 'Europe/Paris'), interval '1 day') as day)
      select
        (select json_agg(json_build_object('day', to_char(day, 'YYYY-MM-DD'),
          'began', (select count(*) from remaining where residual_since >= first and residual_since < past),
          'confirmed', (select count(*) from remaining where confirmed_at >= first and confirmed_at < past),
          'closed', (select count(*) from remaining where closed_at >= first and closed_at < past),
          'left', (select count(*) from remaining where residual_since < past and (closed_at is null or closed_at >= past)))
          order by day desc) from days) as days,
        (select coalesce(json_agg(line order by line.oldest), '[]') from (
          select i.reference, i.title, count(*)::int as open, min(r.residual_since) as oldest,
            count(*) filter (where r.${sql.raw(OVERDUE_IN_SQL)})::int as overdue,
            count(*) filter (where r.residual_taken_by_id is not null)::int as "takenOver"
          from remaining r left join incident i on i.id = r.incident_id
          where app.is_open(r.state) group by i.reference, i.title) line) as incidents`),
  )
  return read as Residuals
}
