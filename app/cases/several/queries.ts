import { sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { asActor } from '#db/transaction.ts'
import { rowOf } from '../_queue/query.ts'
import type { QueueRow } from '../_queue/row.ts'

type Named = { id: number; name: string }
export type SeveralDesk = {
  rows: (QueueRow & { timeZone: string | null })[]
  teams: Named[]
  people: Named[]
  incidents: { reference: string; title: string | null; level: number }[]
}

/** The cases chosen, in the order of the queue, and what they may be given to; those that do not exist are not there. */
export async function readSeveral(
  actor: AccountActor,
  references: readonly string[],
  now: Date,
): Promise<SeveralDesk> {
  const [desk] = await asActor(actor, (tx) =>
    tx.execute<SeveralDesk>(sql`select
      (select coalesce(json_agg(line order by line."queueRank", line.level desc, line."receivedAt"), '[]') from (
        select ${rowOf(now)}, (select time_zone from territory where code = c.territory_code) as "timeZone"
        from cases c where c.reference = any (${sql.param(references)}::text[])) line) as rows,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name), '[]') from team where active) as teams,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name), '[]') from account
        where active and role in ${rolesWith('cases.work')}) as people,
      (select coalesce(json_agg(x), '[]') from (select reference, title, level from incident where state <> 'closed'
        order by level desc, opened_at desc limit 40) x) as incidents`),
  )
  return desk as SeveralDesk
}

export function mayOpenIncident(actor: AccountActor): boolean {
  return may(actor, 'incidents.declare')
}
