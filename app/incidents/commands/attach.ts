import { and, eq, inArray } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { incidentCandidate } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { attachInput, detachInput, Input, residualTakenInput } from '../input.ts'
import { changeIncident, holdIncident } from './change.ts'
import { joinIncident } from './gather.ts'
import { markMovedOut, putByHand } from './move.ts'
import { keepName } from './name.ts'

/** Rattacher: one click, reversible, reason kept; the case's own state stays what it is, and the machine leaves it there. */
export function attachCase(
  actor: Actor,
  input: Input<typeof attachInput>,
  now: Date,
): Promise<Result<{ attached: boolean }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeBoth(tx, actor, input)
    if (!seen) return refused('incidents.refused.absent')
    if (seen.incident.state === 'closed') return refused('incidents.refused.closed')
    if (seen.row.incidentId === seen.incident.id) return { ok: true, value: { attached: false } }
    if (seen.row.incidentId) return refused('incidents.refused.attached_elsewhere')
    const lastAt = seen.row.qualifies ? seen.row.receivedAt.getTime() : null
    const joined = await joinIncident(
      tx,
      actor,
      {
        incidentId: seen.incident.id,
        caseIds: [seen.row.id],
        ...(input.reason ? { reason: input.reason } : {}),
        lastAt,
      },
      now,
    )
    await putByHand(tx, seen.incident.id, joined, now)
    return { ok: true, value: { attached: true } }
  })
}

/** Détacher: the case lives on alone, and the machine does not put it back. From a restored incident it is a requalification, and asks for a cause (DOMAIN §6). */
export function detachCase(
  actor: Actor,
  input: Input<typeof detachInput>,
  now: Date,
): Promise<Result<{ detached: boolean }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeBoth(tx, actor, input)
    if (!seen || seen.row.incidentId !== seen.incident.id) return refused('incidents.refused.absent')
    const requalified = seen.row.residualSince !== null
    if (requalified && !input.cause) return refusedField('cause', 'incidents.refused.cause_needed')
    await tx
      .update(cases)
      .set({
        incidentId: null,
        incidentByHand: false,
        residualSince: null,
        ...(input.cause ? { cause: input.cause } : {}),
      })
      .where(eq(cases.id, seen.row.id))
    await markMovedOut(tx, actor, seen.incident.id, [seen.row.id], now)
    await keepName(tx, seen.incident.id)
    const data = {
      incidentId: seen.incident.id,
      caseId: seen.row.id,
      reference: seen.row.reference,
      cause: input.cause,
    }
    const line = { at: now, visibility: 'internal', text: input.reason, data } as const
    await append(tx, actor, {
      ...line,
      chain: `case:${seen.row.id}`,
      caseId: seen.row.id,
      event: requalified ? 'case.requalified' : 'case.detached_incident',
    })
    await append(tx, actor, {
      ...line,
      chain: `incident:${seen.incident.id}`,
      incidentId: seen.incident.id,
      event: 'incident.case_detached',
    })
    return { ok: true, value: { detached: true } }
  })
}

/** "Not this one": the candidate is no longer offered. */
export function dismissCandidate(
  actor: Actor,
  input: Input<typeof attachInput>,
  now: Date,
): Promise<Result<{ dismissed: boolean }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeBoth(tx, actor, input)
    if (!seen) return refused('incidents.refused.absent')
    await tx
      .update(incidentCandidate)
      .set({ dismissedAt: now })
      .where(
        and(eq(incidentCandidate.incidentId, seen.incident.id), eq(incidentCandidate.caseId, seen.row.id)),
      )
    await append(tx, actor, {
      chain: `incident:${seen.incident.id}`,
      incidentId: seen.incident.id,
      at: now,
      event: 'incident.candidate_dismissed',
      visibility: 'internal',
      text: input.reason,
      data: { reference: seen.row.reference },
    })
    return { ok: true, value: { dismissed: true } }
  })
}

/** Somebody answers by name for each residual case, before the incident may close. */
export function takeResiduals(
  actor: Actor,
  input: Input<typeof residualTakenInput>,
  now: Date,
): Promise<Result<{ taken: number }>> {
  return changeIncident(actor, { incident: input.incident }, now, async (one, tx) => {
    if (actor.kind !== 'account') return refused('incidents.refused.absent')
    const taken = await tx
      .update(cases)
      .set({ residualTakenById: actor.accountId, assigneeId: actor.accountId })
      .where(and(eq(cases.incidentId, one.id), inArray(cases.reference, input.cases)))
      .returning({ id: cases.id, reference: cases.reference })
    await append(
      tx,
      actor,
      ...taken.map(
        ({ id }): Line => ({
          chain: `case:${id}`,
          caseId: id,
          at: now,
          event: 'case.residual_taken',
          visibility: 'internal',
          data: { incidentId: one.id },
        }),
      ),
    )
    return {
      set: { residualsListed: [...new Set([...one.residualsListed, ...taken.map((row) => row.id)])] },
      line: {
        event: 'incident.residuals_listed',
        data: { references: taken.map((row) => row.reference).join(', ') },
      },
      value: { taken: taken.length },
    }
  })
}

async function seeBoth(tx: Tx, actor: Actor, input: { incident: string; case: string }) {
  if (!may(actor, 'cases.work')) return null
  const one = await holdIncident(tx, input.incident)
  const [row] = await tx.select().from(cases).where(eq(cases.reference, input.case)).for('update')
  return one && row ? { incident: one, row } : null
}
