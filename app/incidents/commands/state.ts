import { and, eq, inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { type CaseRow, follow } from '#app/cases/commands/change.ts'
import { defaultPromise, isOpen, judgePromise, OPEN_STATES } from '#app/cases/rules/deadlines.ts'
import { cases } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Input, incidentStateInput } from '../input.ts'
import { mayBecome } from '../rules/lifecycle.ts'
import { seeIncident } from './see.ts'

/** Confirm, restore, close an incident. Restored turns its open cases into residual ones; closed closes none of them. */
export function changeIncidentState(
  actor: Actor,
  input: Input<typeof incidentStateInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeIncident(tx, actor, input)
    if (!seen.ok) return seen
    const one = seen.value
    const rows = await tx.select().from(cases).where(eq(cases.incidentId, one.id)).for('update')
    const open = rows.filter((row) => isOpen(row.state))
    const attached = rows.map((row) => ({
      id: row.id,
      reference: row.reference,
      open: isOpen(row.state),
      takenOverBy: row.residualTakenById,
    }))
    const verdict = mayBecome(one.state, input.to, attached, one.residualsListed)
    if (!verdict.allowed) return refused(verdict.key, verdict.values)

    // Restored with cases still open is already residual: the operator's word is stamped, the reporters' are awaited.
    const state = input.to === 'restored' && open.length > 0 ? 'residual' : input.to
    await tx
      .update(incident)
      .set({
        state,
        version: one.version + 1,
        ...(input.cause ? { cause: input.cause } : {}),
        ...(input.to === 'confirmed'
          ? { confirmedAt: one.confirmedAt ?? now, restoredAt: null, residualAt: null }
          : {}),
        ...(input.to === 'restored' ? { restoredAt: now, residualAt: open.length > 0 ? now : null } : {}),
        ...(input.to === 'residual' ? { residualAt: now } : {}),
        ...(input.to === 'closed' ? { closedAt: now } : {}),
      })
      .where(eq(incident.id, one.id))
    if (input.to === 'restored') {
      for (const row of open) await makeResidual(tx, actor, row, input, now)
    }
    await append(tx, actor, {
      chain: `incident:${one.id}`,
      incidentId: one.id,
      at: now,
      event: 'incident.state_changed',
      visibility: 'internal',
      text: input.text,
      data: { from: one.state, to: state, cause: input.cause, openCases: open.length },
    })
    return { ok: true, value: { version: one.version + 1 } }
  })
}

/** Worked before: restored (operator), its reporter is asked. Not yet acknowledged: it stays to be acknowledged. Each keeps its own clock. */
async function makeResidual(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  input: Input<typeof incidentStateInput>,
  now: Date,
): Promise<void> {
  const worked = row.state !== 'received' && row.state !== 'confirmed' && row.state !== 'restored'
  const wanted = input.nextContactAt ?? defaultPromise(row.level, now)
  const promise = judgePromise(wanted, worked ? 'restored' : row.state, row.level, now).ok
    ? wanted
    : defaultPromise(row.level, now)
  const set = worked
    ? {
        ...follow(row, 'restore', {
          restoredAt: now,
          confirmedAt: null,
          contactAttempts: 0,
          nextContactAt: promise,
          promiseMissedAt: null,
          checkDueAt: null,
          checkMissedAt: null,
          stillFailingAt: null,
        }),
      }
    : {}
  await tx
    .update(cases)
    .set({ ...set, residualSince: row.residualSince ?? now, version: row.version + 1 })
    .where(eq(cases.id, row.id))
  await append(tx, actor, {
    chain: `case:${row.id}`,
    caseId: row.id,
    at: now,
    event: worked ? 'case.restored' : 'case.residual',
    visibility: 'public',
    text: input.text,
    data: { byIncident: true, ...(worked ? { nextContactAt: promise.toISOString() } : {}) },
  })
}

/** The references of the open cases of an incident, as the closing page lists them. */
export function openCasesOf(tx: Tx, incidentId: number) {
  return tx
    .select()
    .from(cases)
    .where(and(eq(cases.incidentId, incidentId), inArray(cases.state, [...OPEN_STATES])))
}
