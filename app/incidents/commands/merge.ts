import { and, eq, inArray } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Input, mergeInput, splitInput } from '../input.ts'
import { holdIncident, type IncidentRow } from './change.ts'
import { nextIncidentReference } from './gather.ts'
import { closeInto, moveCases } from './move.ts'
import { raiseIncident } from './raise.ts'

/** Fusionner: two incidents are one cause. Every case goes into the other one, the reason is said once, the empty one closes. */
export function mergeIncidents(
  actor: Actor,
  input: Input<typeof mergeInput>,
  now: Date,
): Promise<Result<{ reference: string; moved: number }>> {
  return asActor(actor, async (tx) => {
    const seen = await seeTwo(tx, actor, input.incident, input.into)
    if (!('from' in seen)) return seen
    const { from, into } = seen
    const held = await tx.select({ id: cases.id }).from(cases).where(eq(cases.incidentId, from.id))
    // By hand: they stay there, and what is like them follows.
    const moved = await moveCases(
      tx,
      actor,
      {
        ...{ into: into.id, caseIds: held.map((row) => row.id), reason: input.reason },
        ...{ byHand: true, lastAt: from.lastAt.getTime() },
      },
      now,
    )
    await raiseIncident(tx, actor, into.id, from.level, now)
    await closeInto(tx, actor, from, into, input.reason, now)
    return { ok: true, value: { reference: into.reference, moved: moved.length } }
  })
}

/** Scinder: several cases at once go into another incident or into one of their own; the reason is said once. */
export function splitIncident(
  actor: Actor,
  input: Input<typeof splitInput>,
  now: Date,
): Promise<Result<{ reference: string; moved: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'incidents.declare')) return refused('incidents.refused.lead_declares')
    const from = await holdIncident(tx, input.incident)
    if (!from) return refused('incidents.refused.absent')
    const rows = await tx
      .select()
      .from(cases)
      .where(and(eq(cases.incidentId, from.id), inArray(cases.reference, input.cases)))
      .for('update')
    if (rows.length === 0) return refusedField('cases', 'cases.invalid.required')
    const into = input.into
      ? await holdIncident(tx, input.into)
      : await openBeside(tx, actor, from, rows, input.reason, now)
    if (!into || into.id === from.id) return refused('incidents.refused.absent')
    if (into.state === 'closed') return refused('incidents.refused.closed')
    const last = Math.max(...rows.map((row) => row.receivedAt.getTime()))
    const caseIds = rows.map((row) => row.id)
    const moved = await moveCases(
      tx,
      actor,
      { into: into.id, caseIds, reason: input.reason, byHand: true, lastAt: last },
      now,
    )
    return { ok: true, value: { reference: into.reference, moved: moved.length } }
  })
}

async function openBeside(
  tx: Tx,
  actor: Actor,
  from: IncidentRow,
  rows: (typeof cases.$inferSelect)[],
  reason: string,
  now: Date,
): Promise<IncidentRow> {
  const reference = await nextIncidentReference(tx, actor, now)
  const level = Math.min(3, Math.max(2, ...rows.map((row) => row.level))) as Level
  const [made] = await tx
    .insert(incident)
    .values({
      ...{ reference, exerciseId: exerciseOf(actor), state: 'suspected', level, openedAt: now },
      lastAt: rows[0]?.receivedAt ?? now,
    })
    .returning()
  if (!made) throw new Error(`incident ${reference} was not written`)
  await append(tx, actor, {
    ...{ chain: `incident:${made.id}`, incidentId: made.id, at: now, event: 'incident.opened' },
    ...{
      visibility: 'internal',
      text: reason,
      data: { reference, level, byHand: true, from: from.reference },
    },
  })
  return made
}

async function seeTwo(tx: Tx, actor: Actor, first: string, second: string) {
  if (!may(actor, 'incidents.declare')) return refused('incidents.refused.lead_declares')
  if (first === second) return refusedField('into', 'incidents.refused.absent')
  // Always in one order: two who merge the same two at once must not wait for each other for ever.
  const [low, high] = [first, second].sort() as [string, string]
  const both = [await holdIncident(tx, low), await holdIncident(tx, high)]
  const from = both.find((one) => one?.reference === first)
  const into = both.find((one) => one?.reference === second)
  if (!from || !into) return refused('incidents.refused.absent')
  if (from.state === 'closed' || into.state === 'closed') return refused('incidents.refused.closed')
  return { from, into }
}
