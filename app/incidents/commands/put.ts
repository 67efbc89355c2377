import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { cases } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import { attachCase } from './attach.ts'
import { declareIncident } from './declare.ts'
import { splitIncident } from './merge.ts'

export type Put = { reference: string; incident: string | null; reason: string }

/**
 * One case into this incident, or into a new one: attached when it is in none, moved by whoever may when it is in another. The
 * command of each looks again, held: what changed in between is refused there.
 */
export async function putIntoIncident(
  actor: Actor,
  { reference, incident: into, reason }: Put,
  now: Date,
): Promise<Result<{ incident: string }>> {
  const [seen] = await asActor(actor, (tx) =>
    tx
      .select({ held: incident.reference })
      .from(cases)
      .leftJoin(incident, eq(incident.id, cases.incidentId))
      .where(eq(cases.reference, reference)),
  )
  if (!seen) return refused('incidents.refused.absent')
  if (seen.held && seen.held !== into) {
    const moved = await splitIncident(actor, { incident: seen.held, cases: [reference], into, reason }, now)
    return moved.ok ? { ok: true, value: { incident: moved.value.reference } } : moved
  }
  if (!into) {
    const opened = await declareIncident(actor, { case: reference, reason }, now)
    return opened.ok ? { ok: true, value: { incident: opened.value.reference } } : opened
  }
  const attached = await attachCase(actor, { incident: into, case: reference, reason }, now)
  return attached.ok ? { ok: true, value: { incident: into } } : attached
}
