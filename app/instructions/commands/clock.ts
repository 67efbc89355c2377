import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { instruction, instructionAsked } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import { REMIND_BEFORE_MIN } from '../rules/stage.ts'
import { note } from './held.ts'

/**
 * What happens to instructions because time passes: who has not answered by his hour is to be called; whoever leads hears
 * that an end is near; at its end an instruction is over. The all clear is a person's to say: an hour that passes mends nothing.
 */
export function turnInstructions(actor: MachineActor, now: Date): Promise<void> {
  return asActor(actor, async (tx) => {
    const late = await tx
      .update(instructionAsked)
      .set({ callDueAt: now })
      .where(
        and(
          isNull(instructionAsked.answeredAt),
          isNull(instructionAsked.callDueAt),
          lte(instructionAsked.deadlineAt, now),
          sql`exists (select from ${instruction} i where i.id = ${instructionAsked.instructionId}
            and i.state = 'draft' and i.text_version = ${instructionAsked.textVersion})`,
        ),
      )
      .returning()
    const ids = late.map((row) => row.instructionId)
    const about =
      ids.length > 0 ? await tx.select().from(instruction).where(inArray(instruction.id, ids)) : []
    for (const row of late) {
      const one = about.find(({ id }) => id === row.instructionId)
      if (one)
        await note(tx, actor, one, {
          event: 'instruction.call_due',
          at: now,
          data: { organisationId: row.organisationId },
        })
    }
    const near = new Date(now.getTime() + REMIND_BEFORE_MIN * 60_000)
    const ending = await tx
      .update(instruction)
      .set({ remindedAt: now })
      .where(
        and(eq(instruction.state, 'in_force'), isNull(instruction.remindedAt), lte(instruction.endsAt, near)),
      )
      .returning()
    for (const one of ending)
      await note(tx, actor, one, {
        event: 'instruction.ending',
        at: now,
        data: { toAt: one.endsAt.toISOString() },
      })
    const over = await tx
      .update(instruction)
      .set({
        state: 'ended',
        endedAt: now,
        endedByName: actor.name,
        version: sql`${instruction.version} + 1`,
      })
      .where(and(eq(instruction.state, 'in_force'), lte(instruction.endsAt, now)))
      .returning()
    for (const one of over)
      await note(tx, actor, one, { event: 'instruction.ended', at: now, data: { how: 'hour_passed' } })
  })
}
