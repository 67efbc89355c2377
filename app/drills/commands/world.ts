import { and, asc, eq, gt } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { react } from '#app/_jobs/reactions.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'

/** Runs what follows from every new line of an exercise, on its own clock, until nothing new follows. Returns the last line read. */
export async function reactToNew(actor: MachineActor, lastLine: number, now: Date): Promise<number> {
  let last = lastLine
  for (;;) {
    const fresh = await asActor(actor, (tx) =>
      tx
        .select({ id: journal.id })
        .from(journal)
        .where(and(eq(journal.exerciseId, actor.exerciseId as number), gt(journal.id, last)))
        .orderBy(asc(journal.id)),
    )
    if (fresh.length === 0) return last
    await react(
      actor,
      fresh.map((line) => line.id),
      now,
    )
    last = fresh.at(-1)?.id ?? last
  }
}
