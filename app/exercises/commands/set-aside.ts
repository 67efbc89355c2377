import { and, eq } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'

/** A real report always takes precedence (DOMAIN §7): the exercise stands still, those in it are back in the real world. */
export async function setExercisesAside(
  actor: MachineActor,
  line: { caseId: number | null; exerciseId: number | null },
  now: Date,
): Promise<void> {
  if (actor.exerciseId !== null || line.exerciseId !== null) return
  await asActor(actor, async (tx) => {
    const pushed = await tx
      .update(exercise)
      .set({ state: 'set_aside', setAsideAt: now })
      .where(and(eq(exercise.state, 'running'), eq(exercise.attended, true)))
      .returning({ id: exercise.id, drillId: exercise.drillId })
    for (const one of pushed)
      await append(tx, actor, {
        chain: 'exercises',
        at: now,
        event: 'exercise.set_aside',
        visibility: 'internal',
        data: { exerciseId: one.id, drillId: one.drillId, caseId: line.caseId ?? 0 },
      })
  })
}
