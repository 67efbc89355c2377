import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { KINDS, PARTIES } from '#app/told/rules/told.ts'
import type { OrganisationKind } from '#db/schema/directory.ts'
import { asActor } from '#db/transaction.ts'
import type { Heard, How } from './rules/who-knew.ts'

type Found = { name: string | null; kind: OrganisationKind | null; how: How; at: string; ack: string | null }

/**
 * Who was told in this exercise and when, by its own clock: each organisation once, by whatever reached it first (a notice, a call,
 * the answer to its own report); the public and the press by what was published for them.
 */
export async function readWhoKnew(actor: AccountActor, exerciseId: number): Promise<Heard[]> {
  const rows = await asActor({ ...actor, exerciseId }, (tx) =>
    tx.execute<Found>(sql`
      select o.name, o.kind, (array_agg(s.how order by s.at))[1] as how, min(s.at) as at, min(s.ack) as ack from (
        select r.organisation_id, r.told_at as at, r.acknowledged_at as ack, 'notice' as how
          from notice n join notice_recipient r on r.notice_id = n.id where n.state = 'issued'
        union all select organisation_id, at, at, 'call' from incident_told
        union all select organisation_id, acknowledged_at, null, 'case' from cases where acknowledged_at is not null) s
      join organisation o on o.id = s.organisation_id group by o.id
      union all select null, null, 'instruction', min(in_force_at), null from instruction having min(in_force_at) is not null
      union all select null, null, audience, min(approved_at), null from statement where approved_at is not null group by audience
      order by at, name`),
  )
  return rows.flatMap(({ name, kind, how, at, ack }) => {
    const party = kind
      ? PARTIES.find((one) => KINDS[one].includes(kind))
      : how === 'media'
        ? ('media' as const)
        : ('public' as const)
    return party ? [{ party, name, how, at: new Date(at), acknowledgedAt: ack ? new Date(ack) : null }] : []
  })
}
