import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { incident } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, nameInput } from '../input.ts'
import { type NameFacts, proposedName } from '../rules/name.ts'
import { changeIncident } from './change.ts'

/** A lead says what the room calls it; left blank, it is called by its facts again. */
export function nameIncident(
  actor: Actor,
  input: Input<typeof nameInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeIncident(actor, input, now, async (one, tx) => {
    if (!may(actor, 'incidents.declare')) return refused('incidents.refused.lead_declares')
    const title = input.name ?? (await proposedFor(tx, one.id))
    return {
      set: { title, namedAt: input.name ? now : null },
      line: { event: 'incident.named', text: title, data: { from: one.title ?? '–' } },
      value: {},
    }
  })
}

/** Its cases changed: what it is called by its facts follows them; a name that was given stays, as does the last one when none is left. */
export async function keepName(tx: Tx, incidentId: number): Promise<void> {
  const title = await proposedFor(tx, incidentId)
  await tx
    .update(incident)
    .set({ title })
    .where(
      and(
        eq(incident.id, incidentId),
        isNull(incident.namedAt),
        sql`exists (select from cases where incident_id = ${incidentId})`,
        sql`${incident.title} is distinct from ${title}`,
      ),
    )
}

async function proposedFor(tx: Tx, incidentId: number): Promise<string> {
  const [facts] = await tx.execute<NameFacts>(sql`select
    array(select distinct n from cases c, unnest(c.numbers) n where c.incident_id = ${incidentId}) as numbers,
    (select coalesce(json_agg(json_build_object('code', code, 'cases', cases)), '[]') from (
      select territory_code as code, count(*)::int as cases from cases where incident_id = ${incidentId} group by 1) touched) as territories`)
  return proposedName(facts ?? { numbers: [], territories: [] })
}
