import { sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import type { Figures } from '#app/_log/figures.ts'
import { asActor } from '#db/transaction.ts'

export type Sample = { name: string; labels: Record<string, string>; value: number }

/** Figures of the service for whoever watches it from outside, in one read; of persons and organisations nothing. */
export function readMetrics(at: Date): Promise<Sample[]> {
  const now = sql`${at.toISOString()}::timestamptz`
  const age = (column: string) => sql`extract(epoch from ${now} - ${sql.raw(column)})::float8`
  return asActor(machine('metrics'), async (tx) => {
    const rows = await tx.execute<{ name: string; labels: Record<string, string>; value: number }>(sql`
      select 'cases_open' as name, jsonb_build_object('state', state, 'level', level::text) as labels, count(*)::float8 as value
        from cases where app.is_open(state) and exercise_id is null group by state, level
      union all select 'reports_last_hour', '{}', count(*)::float8 from cases
        where received_at > ${now} - interval '1 hour' and received_at <= ${now} and exercise_id is null
      union all select 'promises_missed', '{}', count(*)::float8 from cases
        where app.is_open(state) and promise_missed_at is not null and exercise_id is null
      union all select 'oldest_unacknowledged_seconds', '{}', coalesce(max(${age('received_at')}), 0) from cases
        where state = 'received' and exercise_id is null
      union all select 'outbox', jsonb_build_object('channel', channel, 'state', state), count(*)::float8 from outbox
        where state in ('queued', 'sending') or created_at > ${now} - interval '1 day' group by channel, state
      union all select 'outbox_oldest_queued_seconds', '{}', coalesce(max(${age('created_at')}), 0) from outbox where state = 'queued'
      union all select 'clock_age_seconds', jsonb_build_object('clock', name), ${age('coalesce(succeeded_at, known_at)')} from clock
      union all select 'clock_late_after_seconds', jsonb_build_object('clock', name), late_s::float8 from clock
      union all select 'calls_last_hour', jsonb_build_object('direction', direction, 'state', state), count(*)::float8 from phone_call
        where started_at > ${now} - interval '1 hour' and started_at <= ${now} group by direction, state
      union all select 'calls_to_call_back', '{}', count(*)::float8 from phone_call where call_back_at is not null and called_back_at is null
      union all select 'probe_silence_seconds', jsonb_build_object('probe', name), ${age('coalesce(heard_at, created_at)')} from probe where active
      union all select 'test_calls_last_hour', jsonb_build_object('number', number, 'passed', passed), sum(n)::float8 from (
        select number, 'yes' as passed, answered + reached as n from probe_window where from_at > ${now} - interval '1 hour' and from_at <= ${now}
        union all select number, 'no', tried - answered - reached from probe_window where from_at > ${now} - interval '1 hour' and from_at <= ${now}) w
        group by number, passed
      union all select 'proposals_open', jsonb_build_object('rule', rule, 'level', level), count(*)::float8 from proposal
        where state = 'open' and exercise_id is null group by rule, level
      union all select 'test_calls_stopped', '{}', count(*)::float8 from probe_watch where stopped_at is not null`)
    return rows.map((row) => ({ ...row }))
  })
}

/** What the web processes of this host answered and do now, process by process. */
export function samplesOf(figures: readonly Figures[]): Sample[] {
  return figures.flatMap((one) => {
    const process = String(one.pid)
    const of = (name: string, by: string, values: Record<string, number>) =>
      Object.entries(values).map(([key, value]) => ({ name, labels: { process, [by]: key }, value }))
    const alone = (name: string, value: number) => ({ name, labels: { process }, value })
    return [
      ...of('http_requests_total', 'status', one.requests),
      ...of('http_within_seconds_total', 'le', one.withinSeconds),
      alone('http_seconds_total', one.seconds),
      alone('http_under_way', one.underWay),
      alone('live_streams', one.streams),
      ...of('pool', 'connections', one.pool),
    ]
  })
}
