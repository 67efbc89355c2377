import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { follow } from '#app/cases/commands/change.ts'
import { defaultPromise, judgePromise } from '#app/cases/rules/deadlines.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, incidentLevelInput, incidentUpdateInput } from '../input.ts'
import { seeIncident } from './see.ts'
import { openCasesOf } from './state.ts'

/** One text to every reporter of the incident, each in its own case: none learns who the others are. */
export function updateIncident(
  actor: Actor,
  input: Input<typeof incidentUpdateInput>,
  now: Date,
): Promise<Result<{ told: number }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeIncident(tx, actor, { incident: input.incident })
    if (!seen.ok) return seen
    const one = seen.value
    if (input.nextContactAt <= now) return refusedField('nextContactAt', 'cases.refused.promise_past')
    const rows = await openCasesOf(tx, one.id).for('update')
    const told = rows.filter((row) => row.state !== 'received')
    for (const row of told) {
      // The level of each case bounds its promise: the common hour, or the latest its level allows.
      const allowed = judgePromise(input.nextContactAt, row.state, row.level, now).ok
        ? input.nextContactAt
        : defaultPromise(row.level, now)
      const set = follow(row, 'update', {
        nextContactAt: allowed,
        promiseMissedAt: null,
        stillFailingAt: null,
      })
      await tx
        .update(cases)
        .set({ ...set, version: row.version + 1 })
        .where(eq(cases.id, row.id))
      await append(tx, actor, {
        chain: `case:${row.id}`,
        caseId: row.id,
        at: now,
        event: 'case.updated',
        visibility: 'public',
        text: input.text,
        data: { nextContactAt: allowed.toISOString(), byIncident: true },
      })
    }
    await append(tx, actor, {
      chain: `incident:${one.id}`,
      incidentId: one.id,
      at: now,
      event: 'incident.updated',
      visibility: 'internal',
      text: input.text,
      data: {
        told: told.length,
        notAcknowledged: rows.length - told.length,
        nextContactAt: input.nextContactAt.toISOString(),
      },
    })
    return { ok: true, value: { told: told.length } }
  })
}

/** The level of the incident: up freely, down with a reason. Its cases keep theirs. */
export function setIncidentLevel(
  actor: Actor,
  input: Input<typeof incidentLevelInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeIncident(tx, actor, input)
    if (!seen.ok) return seen
    const one = seen.value
    if (input.level === one.level) return refused('cases.refused.same_level')
    if (input.level < one.level && !input.reason)
      return refusedField('reason', 'cases.refused.lowering_needs_reason')
    await tx
      .update(incident)
      .set({ level: input.level as Level, version: one.version + 1 })
      .where(eq(incident.id, one.id))
    await append(tx, actor, {
      chain: `incident:${one.id}`,
      incidentId: one.id,
      at: now,
      event: 'incident.level_changed',
      visibility: 'internal',
      text: input.reason,
      data: { from: one.level, to: input.level },
    })
    return { ok: true, value: { version: one.version + 1 } }
  })
}
