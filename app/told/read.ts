import { sql } from 'drizzle-orm'
import type { Level } from '#db/schema/cases.ts'
import type { OrganisationKind } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'
import { KINDS, type Owed, owedTo, PARTIES, type Party, type ToldFacts } from './rules/told.ts'

export type IncidentTold = {
  id: number
  reference: string
  title: string | null
  level: Level
  owed: Owed[]
}

type Found = {
  id: number
  reference: string
  title: string | null
  level: Level
  levelSince: string
  notices: { kind: OrganisationKind; at: string }[]
  publicAt: string | null
  mediaAt: string | null
}

/**
 * Each incident that is failing now, with who must know and who was told: by a notice, by whoever telephoned, by an instruction in
 * force, the public page or a statement given; also before, of an incident that was merged into it: nobody is called twice for
 * one cause. A few incidents and their notices: never their cases, for every page asks.
 */
export async function readTold(tx: Tx, now: Date): Promise<IncidentTold[]> {
  const same = sql`(select id from same where of = i.id)`
  const rows = await tx.execute<Found>(sql`
    with recursive shown as (select * from incident where state in ('suspected', 'confirmed') and level >= 2
        order by level desc, opened_at desc limit 30),
      same (id, of) as (select id, id from shown
        union select m.id, s.of from incident m join same s on m.merged_into_id = s.id)
    select i.id::int, i.reference, i.title, i.level,
      greatest(i.opened_at, coalesce((select max(j.at) from journal j where j.chain = 'incident:' || i.id and j.event = 'incident.level_changed'
        and (j.data ->> 'to')::int = i.level and (j.data ->> 'from')::int < i.level), i.opened_at)) as "levelSince",
      (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'at', at)), '[]') from (
        select o.kind, min(s.at) as at from (
          select r.organisation_id, r.told_at as at from notice n join notice_recipient r on r.notice_id = n.id
            where n.incident_id in ${same} and n.state = 'issued'
          union all select organisation_id, at from incident_told where incident_id in ${same}) s
        join organisation o on o.id = s.organisation_id group by o.kind) by_kind) as notices,
      least((select min(in_force_at) from instruction where incident_id in ${same} and in_force_at is not null),
        (select min(approved_at) from statement where incident_id in ${same} and audience = 'public' and state = 'approved')) as "publicAt",
      (select min(approved_at) from statement where incident_id in ${same} and audience = 'media' and state = 'approved') as "mediaAt"
    from shown i order by i.level desc, i.opened_at desc`)
  return rows.map(({ levelSince, notices, publicAt, mediaAt, ...one }) => {
    const told: ToldFacts['told'] = {
      ...Object.fromEntries(PARTIES.map((party) => [party, firstOf(party, notices)])),
      public: publicAt ? new Date(publicAt) : null,
      media: mediaAt ? new Date(mediaAt) : null,
    }
    const facts = { level: one.level, levelSince: new Date(levelSince), told }
    return { ...one, owed: owedTo(facts, now) }
  })
}

function firstOf(party: Party, notices: Found['notices']): Date | null {
  const hours = notices.flatMap(({ kind, at }) =>
    KINDS[party].includes(kind) ? [new Date(at).getTime()] : [],
  )
  return hours.length > 0 ? new Date(Math.min(...hours)) : null
}
