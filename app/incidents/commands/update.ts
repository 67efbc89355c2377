import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { changeHeld, type HeldChange } from '#app/cases/commands/change.ts'
import { defaultPromise, judgePromise } from '#app/cases/rules/deadlines.ts'
import type { Level } from '#db/schema/cases.ts'
import type { Input, incidentLevelInput, incidentUpdateInput } from '../input.ts'
import { changeIncident } from './change.ts'
import { openCasesOf } from './state.ts'

/** One text to every reporter of the incident, each in its own case: none learns who the others are. */
export function updateIncident(
  actor: Actor,
  input: Input<typeof incidentUpdateInput>,
  now: Date,
): Promise<Result<{ told: number }>> {
  return changeIncident(actor, { incident: input.incident }, now, async (one, tx) => {
    if (input.nextContactAt <= now) return refusedField('nextContactAt', 'cases.refused.promise_past')
    const rows = await openCasesOf(tx, one.id).for('update')
    const told = rows.filter((row) => row.state !== 'received')
    const changes = told.map((row): HeldChange => {
      // The level of each case bounds its promise: the common hour, or the latest its level allows.
      const nextContactAt = judgePromise(input.nextContactAt, row.state, row.level, now).ok
        ? input.nextContactAt
        : defaultPromise(row.level, now)
      return {
        row,
        action: 'update',
        set: { nextContactAt, promiseMissedAt: null },
        line: {
          event: 'case.updated',
          visibility: 'public',
          text: input.text,
          data: { nextContactAt: nextContactAt.toISOString(), byIncident: true },
        },
      }
    })
    await changeHeld(tx, actor, now, changes)
    return {
      line: {
        event: 'incident.updated',
        text: input.text,
        data: {
          told: told.length,
          notAcknowledged: rows.length - told.length,
          nextContactAt: input.nextContactAt.toISOString(),
        },
      },
      value: { told: told.length },
    }
  })
}

/** The level of the incident: up freely, down with a reason. Its cases keep theirs. */
export function setIncidentLevel(
  actor: Actor,
  input: Input<typeof incidentLevelInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeIncident(actor, input, now, (one) => {
    if (input.level === one.level) return refused('cases.refused.same_level')
    if (input.level < one.level && !input.reason)
      return refusedField('reason', 'cases.refused.lowering_needs_reason')
    return {
      set: { level: input.level as Level },
      line: {
        event: 'incident.level_changed',
        text: input.reason,
        data: { from: one.level, to: input.level },
      },
      value: {},
    }
  })
}
