import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { asActor } from '#db/transaction.ts'
import { LAST_WORD } from '../last-word.ts'

type Overdue = { id: number; incidentId: number; territory: string; nextAt: string; closed: boolean }

/**
 * The last word to the public of a place, on a page that is on: those who must act hear once that the hour of its next has
 * passed, and once that its incident is closed. What the public reads is theirs to change: nothing says by itself that all is well.
 */
export function remindOfStatements(actor: MachineActor, now: Date): Promise<void> {
  const at = now.toISOString()
  return asActor(actor, async (tx) => {
    const overdue = await tx.execute<Overdue>(sql`
      update statement s set reminded_at = ${at}::timestamptz
      -- Merged, it lives on in the one that holds its cases.
      from (select i.id, case when i.merged_into_id is null then i.closed_at else held.closed_at end as closed_at
          from incident i left join incident held on held.id = i.merged_into_id) i,
        public_page p
      where i.id = s.incident_id and p.incident_id = s.incident_id
        and p.director_at is not null and p.authority_at is not null and p.off_at is null
        and s.audience = 'public' and s.state = 'approved' and ${LAST_WORD}
        and (s.next_at <= ${at}::timestamptz and coalesce(s.reminded_at < s.next_at, true)
          or i.closed_at is not null and coalesce(s.reminded_at < i.closed_at, true))
      returning s.id::int, s.incident_id::int as "incidentId", s.territory_code as territory,
        to_jsonb(s.next_at) #>> '{}' as "nextAt", i.closed_at is not null as closed`)
    for (const { id, incidentId, territory, nextAt, closed } of overdue)
      await append(tx, actor, {
        ...{ chain: `incident:${incidentId}`, incidentId, at: now, event: 'statement.overdue' },
        visibility: 'internal',
        data: {
          ...{ statementId: id, audience: 'public', territory, why: closed ? 'closed' : 'next' },
          toAt: new Date(nextAt).toISOString(),
        },
      })
  })
}
