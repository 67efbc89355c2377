import { and, eq } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'

export type IncidentRow = typeof incident.$inferSelect

/** What every command on an incident gets: its number, and the version its author had on the screen. */
export type IncidentTarget = { incident: string; version?: number | null }

type Work<T> = {
  /** Absent: the incident stays what it is, and what others decide upon is still true. */
  set?: Partial<typeof incident.$inferInsert>
  line: Omit<Line, 'chain' | 'incidentId' | 'at' | 'visibility'>
  value: T
}

/**
 * The five beats of a command on an incident, as changeCase is for a case: see it (the cell only, held until the end), the
 * version read, do it, write it down, return. What `work` refuses is rolled back by nothing having been written.
 */
export function changeIncident<T>(
  actor: Actor,
  target: IncidentTarget,
  now: Date,
  work: (one: IncidentRow, tx: Tx) => Promise<Work<T> | Refusal> | Work<T> | Refusal,
): Promise<Result<T & { version: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'cases.work')) return refused('incidents.refused.absent')
    const one = await holdIncident(tx, target.incident)
    if (!one) return refused('incidents.refused.absent')
    if (target.version && target.version !== one.version) return overtaken(one)
    const wanted = await work(one, tx)
    if ('ok' in wanted) return wanted
    const version = wanted.set ? one.version + 1 : one.version
    if (wanted.set)
      await tx
        .update(incident)
        .set({ ...wanted.set, version })
        .where(and(eq(incident.id, one.id), eq(incident.version, one.version)))
    await append(tx, actor, {
      ...wanted.line,
      chain: `incident:${one.id}`,
      incidentId: one.id,
      at: now,
      visibility: 'internal',
    })
    return { ok: true, value: { ...wanted.value, version } }
  })
}

/** The incident of this reference, nobody else's until the transaction ends. */
export async function holdIncident(tx: Tx, reference: string): Promise<IncidentRow | undefined> {
  const [one] = await tx.select().from(incident).where(eq(incident.reference, reference)).for('update')
  return one
}
