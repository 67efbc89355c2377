import { eq } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { instruction, instructionTest } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, testInput } from '../input.ts'
import { note } from './held.ts'

/** What the public will be told to do was done, from one network: so many calls passed of so many tried. */
export function testInstruction(
  actor: Actor,
  input: Input<typeof testInput>,
  now: Date,
): Promise<Result<{ instructionId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write'))
      return refused('instructions.refused.absent')
    const [one] = await tx
      .select()
      .from(instruction)
      .where(eq(instruction.id, input.instructionId))
      .for('update')
    if (!one) return refused('instructions.refused.absent')
    if (one.state !== 'draft') return refused(`instructions.refused.is_${one.state}`)
    const { network, passed, tried } = input
    await tx.insert(instructionTest).values({
      exerciseId: exerciseOf(actor),
      instructionId: one.id,
      textVersion: one.textVersion,
      ...{ network, passed, tried, at: now, byName: actor.name },
    })
    await note(tx, actor, one, { event: 'instruction.tested', at: now, data: { network, passed, tried } })
    return { ok: true, value: { instructionId: one.id } }
  })
}
