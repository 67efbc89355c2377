import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { crisis } from '#db/schema/crisis.ts'
import { caseMovedOut, incident, proposal } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { joinIncident } from './gather.ts'
import { keepName } from './name.ts'

export type Moving = {
  into: number
  caseIds: number[]
  reasonKey?: string
  reason?: string
  /** A person's hand: it stays where it was put, and what is like it follows. */
  byHand: boolean
  lastAt: number | null
}

/**
 * Cases into an incident, from none or from another: their own state and promises never change by it. What a person takes out of
 * an incident is written down, so that the machine does not put it back.
 */
export async function moveCases(tx: Tx, actor: Actor, moving: Moving, now: Date): Promise<number[]> {
  const held = await tx
    .select({ id: cases.id, reference: cases.reference, from: cases.incidentId })
    .from(cases)
    .where(
      and(
        inArray(cases.id, moving.caseIds),
        isNotNull(cases.incidentId),
        sql`${cases.incidentId} <> ${moving.into}`,
        ...(moving.byHand ? [] : [eq(cases.incidentByHand, false)]),
      ),
    )
    .for('update')
  if (held.length > 0) await takeOut(tx, actor, held as Held[], moving, now)
  const joined = await joinIncident(tx, actor, { ...moving, incidentId: moving.into }, now)
  if (moving.byHand) await putByHand(tx, moving.into, joined, now)
  return joined
}

type Held = { id: number; reference: string; from: number }

async function takeOut(
  tx: Tx,
  actor: Actor,
  held: Held[],
  moving: Pick<Moving, 'reason' | 'reasonKey' | 'byHand'>,
  now: Date,
): Promise<void> {
  await tx
    .update(cases)
    .set({ incidentId: null, residualSince: null })
    .where(
      inArray(
        cases.id,
        held.map((one) => one.id),
      ),
    )
  for (const [from, taken] of Map.groupBy(held, (one) => one.from)) {
    await keepName(tx, from)
    const ids = taken.map((one) => one.id)
    if (moving.byHand) await markMovedOut(tx, actor, from, ids, now)
  }
  const lines = held.flatMap(({ id, reference, from }): Line[] => {
    const data = {
      incidentId: from,
      caseId: id,
      reference,
      ...(moving.reasonKey ? { reasonKey: moving.reasonKey } : {}),
    }
    const line = {
      at: now,
      visibility: 'internal',
      text: moving.reason ?? null,
      data,
    } satisfies Partial<Line>
    return [
      { ...line, chain: `case:${id}`, caseId: id, event: 'case.detached_incident' },
      { ...line, chain: `incident:${from}`, incidentId: from, event: 'incident.case_detached' },
    ]
  })
  await append(tx, actor, ...lines)
}

/** Said by a person: the machine does not attach them there again. */
export async function markMovedOut(
  tx: Tx,
  actor: Actor,
  incidentId: number,
  caseIds: number[],
  now: Date,
): Promise<void> {
  await tx
    .insert(caseMovedOut)
    .values(caseIds.map((caseId) => ({ incidentId, caseId, exerciseId: exerciseOf(actor), at: now })))
    .onConflictDoUpdate({
      target: [caseMovedOut.incidentId, caseMovedOut.caseId],
      set: { at: now, undoneAt: null },
    })
}

/** Put there by a person: it stays, and that it was ever taken out is undone. */
export async function putByHand(tx: Tx, incidentId: number, caseIds: number[], now: Date): Promise<void> {
  if (caseIds.length === 0) return
  await tx.update(cases).set({ incidentByHand: true }).where(inArray(cases.id, caseIds))
  await tx
    .update(caseMovedOut)
    .set({ undoneAt: now })
    .where(and(eq(caseMovedOut.incidentId, incidentId), inArray(caseMovedOut.caseId, caseIds)))
}

/** An incident whose cases another one holds: what was asked about it and the clock that runs for it go along. */
export async function closeInto(
  tx: Tx,
  actor: Actor,
  from: { id: number; version: number },
  into: { id: number; reference: string },
  text: string | null,
  now: Date,
): Promise<void> {
  await tx
    .update(incident)
    .set({ state: 'closed', closedAt: now, mergedIntoId: into.id, version: from.version + 1 })
    .where(eq(incident.id, from.id))
  await tx.update(proposal).set({ incidentId: into.id }).where(eq(proposal.incidentId, from.id))
  await tx.update(crisis).set({ incidentId: into.id }).where(eq(crisis.incidentId, from.id))
  await append(tx, actor, {
    ...{ chain: `incident:${from.id}`, incidentId: from.id, at: now, event: 'incident.merged' },
    ...{ visibility: 'internal', text, data: { into: into.reference } },
  })
}
