import { and, eq, sql } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import type { endInput, Input, moveInput } from '../input.ts'
import { contradicts, isSameScope } from '../rules/scope.ts'
import { differences, faultsOf } from '../rules/text.ts'
import { failingThere, held, inForce, note, saidBy, standing } from './held.ts'

/**
 * One in force a scope: the version before it is cancelled by its number in the same breath. What would tell the same caller
 * to do something else is refused until one of the two is ended.
 */
export function putInForce(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
): Promise<Result<{ number: number; cancels: number | null }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.decide'))
      return refused('instructions.refused.lead_decides')
    // Two that contradict each other are never put in force at the same moment by two people.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('instruction.force'), ${exerciseOf(actor) ?? 0})`,
    )
    const one = await held(tx, input.instructionId, input.version, ['draft'])
    if ('ok' in one) return one
    const { lacks } = await standing(tx, one)
    if (lacks) return { ok: false, reason: lacks }
    if (one.endsAt <= now) return refused('instructions.refused.end_past')
    const said = saidBy(one)
    // A number that failed since it was written is no way round any more.
    const [fault] = faultsOf(one.slots, one.allClear, await failingThere(tx, said, one.id, one.incidentId))
    if (fault) return refused(fault.key, fault.values)
    const others = await inForce(tx, one.id)
    const against = others.find((other) => contradicts(saidBy(other), said))
    if (against) return refused('instructions.refused.contradicts', { number: against.number })
    const former = others.find((other) => isSameScope(saidBy(other), said)) ?? null
    if (former) {
      await tx
        .update(instruction)
        .set({ state: 'ended', endedAt: now, endedByName: actor.name, version: former.version + 1 })
        .where(and(eq(instruction.id, former.id), eq(instruction.state, 'in_force')))
    }
    await tx
      .update(instruction)
      .set({
        state: 'in_force',
        inForceAt: now,
        inForceByName: actor.name,
        replacesId: former?.id ?? null,
        version: one.version + 1,
      })
      .where(eq(instruction.id, one.id))
    await note(tx, actor, one, {
      event: 'instruction.in_force',
      at: now,
      text: one.slots.todo,
      data: {
        endsAt: one.endsAt.toISOString(),
        cancels: former?.number ?? 0,
        differs: former ? differences(former.slots, one.slots).map(({ slot }) => slot) : [],
      },
    })
    return { ok: true, value: { number: one.number, cancels: former?.number ?? null } }
  })
}

/** Over before its hour: the all clear that was written with it is said now. */
export function endInstruction(
  actor: Actor,
  input: Input<typeof endInput>,
  now: Date,
): Promise<Result<{ number: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.decide'))
      return refused('instructions.refused.lead_decides')
    const one = await held(tx, input.instructionId, input.version, ['in_force'])
    if ('ok' in one) return one
    await tx
      .update(instruction)
      .set({
        ...{ state: 'ended', endedAt: now, endedByName: actor.name, endReason: input.reason },
        version: one.version + 1,
      })
      .where(eq(instruction.id, one.id))
    await note(tx, actor, one, {
      ...{ event: 'instruction.ended', at: now, text: input.reason },
      data: { how: 'all_clear' },
    })
    return { ok: true, value: { number: one.number } }
  })
}

/** A draft that will not be used: whoever was asked is told that nothing is awaited of him any more. */
export function withdrawInstruction(
  actor: Actor,
  input: Input<typeof endInput>,
  now: Date,
): Promise<Result<{ number: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('instructions.refused.absent')
    const one = await held(tx, input.instructionId, input.version, ['draft'])
    if ('ok' in one) return one
    await tx
      .update(instruction)
      .set({ state: 'withdrawn', endedAt: now, endReason: input.reason, version: one.version + 1 })
      .where(eq(instruction.id, one.id))
    await note(tx, actor, one, { event: 'instruction.withdrawn', at: now, text: input.reason })
    return { ok: true, value: { number: one.number } }
  })
}
