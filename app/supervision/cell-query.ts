import { sql } from 'drizzle-orm'
import { cache } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import type { CallVerdict } from '#db/schema/supervision.ts'
import { asActor } from '#db/transaction.ts'
import { USUAL_WEEKS } from './rules/rates.ts'

/** Hours drawn. */
export const CURVE_HOURS = 48

export type Hour = {
  from: string
  tried: number
  answered: number
  reached: number
  delayMs: number | null
  /** The same hour of the four weeks before. */
  usualTried: number
  usualPassed: number
  /** What switches counted. */
  seized: number
  answers: number
  effective: number
}
export type CallLine = {
  id: number
  at: string
  probe: string
  operator: string
  technology: string
  verdict: CallVerdict
  sip: number | null
  cause: number | null
  delayMs: number | null
  talkMs: number | null
}
export type CellPage = {
  territory: { code: string; name: string; timeZone: string }
  hours: Hour[]
  calls: CallLine[]
  reports: { reference: string; organisation: string | null; level: number }[]
}

/** One number in one territory, hour by hour beside its usual week; null when there is no such place. */
export function readSupervisedCell(
  actor: AccountActor,
  { territory, number }: { territory: string; number: string },
  at: Date,
): Promise<CellPage | null> {
  const now = sql`${at.toISOString()}::timestamptz`
  return asActor(actor, async (tx) => {
    const [place] = await tx.execute<CellPage['territory']>(
      sql`select code, name, time_zone as "timeZone" from territory where code = ${territory} and exercise_id is null`,
    )
    if (!place) return null
    const hours = await tx.execute<Hour>(sql`
      with hours as (
        select generate_series(date_trunc('hour', ${now}) - make_interval(hours => ${CURVE_HOURS - 1}), date_trunc('hour', ${now}), interval '1 hour') as from_at),
      windows as (
        select date_trunc('hour', from_at) as hour, tried, answered, reached, delay_ms_sum, delays from probe_window
        where territory_code = ${territory} and number = ${number}
          and from_at > ${now} - make_interval(weeks => ${USUAL_WEEKS}, hours => ${CURVE_HOURS}) and from_at <= ${now})
      select h.from_at as "from", coalesce(sum(w.tried) filter (where w.hour = h.from_at), 0)::int as tried,
        coalesce(sum(w.answered) filter (where w.hour = h.from_at), 0)::int as answered, coalesce(sum(w.reached) filter (where w.hour = h.from_at), 0)::int as reached,
        (sum(w.delay_ms_sum) filter (where w.hour = h.from_at) / nullif(sum(w.delays) filter (where w.hour = h.from_at), 0))::int as "delayMs",
        coalesce(sum(w.tried) filter (where w.hour < h.from_at), 0)::int as "usualTried",
        coalesce(sum(w.answered + w.reached) filter (where w.hour < h.from_at), 0)::int as "usualPassed",
        coalesce(max(s.seized), 0)::int as seized, coalesce(max(s.answers), 0)::int as answers, coalesce(max(s.effective), 0)::int as effective
      from hours h left join windows w on w.hour in (h.from_at, h.from_at - interval '1 week', h.from_at - interval '2 weeks', h.from_at - interval '3 weeks', h.from_at - interval '4 weeks')
        left join lateral (select sum(seizures) as seized, sum(c.answers) as answers, sum(c.answers + busy + no_answer + rejected) as effective from switch_count c
          where c.territory_code = ${territory} and c.number = ${number} and c.from_at >= h.from_at and c.from_at < h.from_at + interval '1 hour') s on true
      group by h.from_at order by h.from_at`)
    const calls = await tx.execute<CallLine>(sql`
      select r.id::int as id, r.at, p.name as probe, p.operator, p.technology, r.verdict, r.sip, r.cause, r.delay_ms as "delayMs", r.talk_ms as "talkMs"
      from probe_result r join probe p on p.id = r.probe_id where r.territory_code = ${territory} and r.number = ${number}
      order by r.at desc, r.id desc limit 30`)
    const reports = await tx.execute<CellPage['reports'][number]>(sql`
      select c.reference, o.name as organisation, c.level from cases c left join organisation o on o.id = c.organisation_id
      where c.territory_code = ${territory} and ${number} = any (c.numbers) and app.is_open(c.state) order by c.level desc, c.received_at limit 20`)
    return { territory: place, hours: [...hours], calls: [...calls], reports: [...reports] }
  })
}

export type ProofHere = {
  number: string
  at: string
  passingFrom: string[]
  failingFrom: string[]
  bursting: boolean
}

/** The last call of each probe to the numbers of a place, by the operators they call from. */
export const readProofHere = cache(
  (actor: AccountActor, territory: string, numbers: readonly string[]): Promise<ProofHere[]> => {
    const asked = `{${numbers.filter((one) => /^\d+$/.test(one)).join(',')}}`
    return asActor(actor, async (tx) => [
      ...(await tx.execute<ProofHere>(sql`
      select l.number, max(l.at) as at,
        coalesce(array_agg(distinct p.operator) filter (where l.verdict in ('answered', 'reached')), '{}') as "passingFrom",
        coalesce(array_agg(distinct p.operator) filter (where l.verdict = 'failed'), '{}') as "failingFrom",
        exists (select from probe_burst b where b.territory_code = ${territory} and b.number = l.number and b.state = 'open') as bursting
      from probe_last l join probe p on p.id = l.probe_id and p.active
      where l.territory_code = ${territory} and l.number = any (${asked}::text[]) group by l.number order by l.number`)),
    ])
  },
)
