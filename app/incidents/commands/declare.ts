import { eq } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import type { declareInput, Input } from '../input.ts'
import { joinIncident, nextIncidentReference } from './gather.ts'

/** A lead sees one cause before the rules do: the incident opens around this case, suspected, with his name and why. */
export function declareIncident(
  actor: Actor,
  input: Input<typeof declareInput>,
  now: Date,
): Promise<Result<{ reference: string }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work')) return refused('incidents.refused.absent')
    if (!may(actor, 'incidents.declare')) return refused('incidents.refused.lead_declares')
    const [row] = await tx.select().from(cases).where(eq(cases.reference, input.case)).for('update')
    if (!row) return refused('incidents.refused.absent')
    if (row.incidentId) return refused('incidents.refused.attached_elsewhere')

    const reference = await nextIncidentReference(tx, actor, now)
    // One centre is N2, or what its case is already; national is for the rules of a crisis, or for the page of the incident.
    const level = Math.min(Math.max(row.level, 2), 3) as Level
    const [made] = await tx
      .insert(incident)
      .values({
        reference,
        exerciseId: exerciseOf(actor),
        state: 'suspected',
        level,
        openedAt: now,
        lastAt: row.receivedAt,
      })
      .returning({ id: incident.id })
    if (!made) throw new Error(`incident ${reference} was not written`)
    await append(tx, actor, {
      chain: `incident:${made.id}`,
      incidentId: made.id,
      at: now,
      event: 'incident.opened',
      visibility: 'internal',
      text: input.reason,
      data: { reference, level, byHand: true },
    })
    const joining = { incidentId: made.id, caseIds: [row.id], reason: input.reason, lastAt: null }
    await joinIncident(tx, actor, joining, now)
    return { ok: true, value: { reference } }
  })
}
