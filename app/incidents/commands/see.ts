import { eq } from 'drizzle-orm'
import { type Actor, isCell } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { incident } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'

export type IncidentRow = typeof incident.$inferSelect

/** First beats of a command on an incident: the cell only, the row held, and the version its author had on the screen. */
export async function seeIncident(
  tx: Tx,
  actor: Actor,
  asked: { incident: string; version?: number | null },
): Promise<Result<IncidentRow>> {
  if (!isCell(actor)) return refused('incidents.refused.absent')
  const one = await holdIncident(tx, asked.incident)
  if (!one) return refused('incidents.refused.absent')
  if (asked.version && asked.version !== one.version)
    return { ...refused('cases.refused.overtaken'), conflict: { version: one.version } }
  return { ok: true, value: one }
}

/** The incident of this reference, nobody else's until the transaction ends. */
export async function holdIncident(tx: Tx, reference: string): Promise<IncidentRow | undefined> {
  const [one] = await tx.select().from(incident).where(eq(incident.reference, reference)).for('update')
  return one
}
