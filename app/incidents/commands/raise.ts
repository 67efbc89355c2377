import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { changeHeld, type HeldChange } from '#app/cases/commands/change.ts'
import { owedWhenRaised } from '#app/cases/rules/deadlines.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'

/** Raises the open cases of an accepted proposal, or that lean on a fallback that fails. */
export async function raiseCases(
  tx: Tx,
  actor: Actor,
  caseIds: number[],
  level: Level,
  now: Date,
): Promise<void> {
  const rows = await tx
    .select()
    .from(cases)
    .where(and(inArray(cases.id, caseIds), lt(cases.level, level)))
    .for('update')
  const raised = rows.filter((one) => isOpen(one.state) && one.qualifies)
  const changes = raised.map(
    (row): HeldChange => ({
      row,
      action: 'set_level',
      set: { level, ...owedWhenRaised(row, level, now) },
      line: {
        event: 'case.level_changed',
        visibility: 'public',
        data: { from: row.level, to: level, byProposal: true },
      },
    }),
  )
  await changeHeld(tx, actor, now, changes)
}

/** Raises the incident, never lowers it, as a person does who sets its level: written down, and a new version of it. */
export async function raiseIncident(
  tx: Tx,
  actor: Actor,
  incidentId: number,
  level: Level,
  now: Date,
): Promise<void> {
  const [held] = await tx.select().from(incident).where(eq(incident.id, incidentId)).for('update')
  if (!held || held.level >= level) return
  await tx
    .update(incident)
    .set({ level, version: held.version + 1 })
    .where(eq(incident.id, incidentId))
  await append(tx, actor, {
    ...{ chain: `incident:${incidentId}`, incidentId, at: now, event: 'incident.level_changed' },
    ...{ visibility: 'internal', data: { from: held.level, to: level } },
  })
}
