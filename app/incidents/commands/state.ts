import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { type CaseRow, changeHeld, type HeldChange } from '#app/cases/commands/change.ts'
import { defaultPromise, judgePromise } from '#app/cases/rules/deadlines.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import { cases } from '#db/schema/cases.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, incidentStateInput } from '../input.ts'
import { mayBecome } from '../rules/lifecycle.ts'
import { changeIncident } from './change.ts'

/** Confirm, restore, close an incident. Restored turns its open cases into residual ones; closed closes none of them. */
export function changeIncidentState(
  actor: Actor,
  input: Input<typeof incidentStateInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeIncident(actor, input, now, async (one, tx) => {
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
    if (input.to === 'restored') {
      await changeHeld(
        tx,
        actor,
        now,
        open.map((row) => residual(row, input, now)),
      )
    }
    return {
      set: {
        state,
        ...(input.cause ? { cause: input.cause } : {}),
        ...(input.to === 'confirmed'
          ? { confirmedAt: one.confirmedAt ?? now, restoredAt: null, residualAt: null }
          : {}),
        ...(input.to === 'restored' ? { restoredAt: now, residualAt: open.length > 0 ? now : null } : {}),
        ...(input.to === 'residual' ? { residualAt: now } : {}),
        ...(input.to === 'closed' ? { closedAt: now } : {}),
      },
      line: {
        event: 'incident.state_changed',
        text: input.text,
        data: { from: one.state, to: state, cause: input.cause, openCases: open.length },
      },
      value: {},
    }
  })
}

/** Worked before: restored (operator), its reporter is asked. Not yet acknowledged: it stays to be acknowledged. Each keeps its own clock. */
function residual(row: CaseRow, input: Input<typeof incidentStateInput>, now: Date): HeldChange {
  const worked = row.state !== 'received' && row.state !== 'confirmed' && row.state !== 'restored'
  const wanted = input.nextContactAt ?? defaultPromise(row.level, now)
  const promise = judgePromise(wanted, worked ? 'restored' : row.state, row.level, now).ok
    ? wanted
    : defaultPromise(row.level, now)
  const residualSince = row.residualSince ?? now
  const set = {
    restoredAt: now,
    confirmedAt: null,
    nextContactAt: promise,
    promiseMissedAt: null,
    checkDueAt: null,
    checkMissedAt: null,
  }
  return {
    row,
    action: worked ? 'restore' : 'note',
    set: { residualSince, ...(worked ? set : {}) },
    line: {
      event: worked ? 'case.restored' : 'case.residual',
      visibility: 'public',
      text: input.text,
      data: { byIncident: true, ...(worked ? { nextContactAt: promise.toISOString() } : {}) },
    },
  }
}

/** The references of the open cases of an incident, as the closing page lists them. */
export function openCasesOf(tx: Tx, incidentId: number) {
  return tx
    .select()
    .from(cases)
    .where(and(eq(cases.incidentId, incidentId), sql`app.is_open(${cases.state})`))
}
