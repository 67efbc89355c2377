import { sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { OVERDUE_IN_SQL } from '#app/cases/rules/deadlines.ts'
import { asActor } from '#db/transaction.ts'
import { type Alarm, inOrder } from '../rules/alarms.ts'

/** A flood is one sound and one number: beyond, the count is what matters. */
const MOST = 200

/**
 * What sounds in the room now: read from what is true, so that an alarm ends by itself when its cause does (answered,
 * decided, promised anew), and by somebody's acknowledgement for every browser at once.
 */
export async function readAlarms(actor: AccountActor): Promise<Alarm[]> {
  if (!may(actor, 'cell.watch')) return []
  const rows = await asActor(actor, (tx) =>
    tx.execute<Omit<Alarm, 'at'> & { at: string }>(sql`
      select * from (
        select 'decision:' || p.id || ':' || p.version as key, 'decision' as kind, p.made_at as at, null as reference, '' as what
          from proposal p where p.level = 'crisis' and p.state = 'open'
        union all
        select 'grave:' || c.id || ':' || extract(epoch from c.grave_since)::bigint, 'grave', c.grave_since, c.reference, ${WHAT}
          from cases c left join organisation o on o.id = c.organisation_id
          where app.is_open(c.state) and c.level >= 3 and c.grave_since is not null
            and (c.acknowledged_at is null or c.acknowledged_at <= c.grave_since)
        union all
        select 'promise:' || c.id || ':' || extract(epoch from c.promise_missed_at)::bigint, 'promise', c.promise_missed_at, c.reference, ${WHAT}
          from cases c left join organisation o on o.id = c.organisation_id
          where app.is_open(c.state) and c.${sql.raw(OVERDUE_IN_SQL)} and c.promise_missed_at is not null
      ) a where not exists (select from alarm_heard h where h.key = a.key) limit ${MOST}`),
  )
  return inOrder(rows.map((row) => ({ ...row, at: Date.parse(row.at) })))
}

const WHAT = sql`concat_ws(' · ', coalesce(o.name, c.reporter_kind), array_to_string(c.numbers, ', '))`
