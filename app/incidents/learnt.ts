import { desc, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { deskBaseline } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { priorFromDirectory } from './rules/baseline.ts'
import { type Learnt, nothingLearnt } from './rules/learning.ts'

/**
 * What is usual in this world: the desk's own past, or without one the size of its directory. An exercise has a desk of its
 * own that has heard nothing yet; the real past is not shown to it (policy), nor would it teach.
 */
export async function learntHere(
  tx: Tx,
  actor: Pick<Actor, never> & { exerciseId?: number | null },
): Promise<Learnt> {
  if (actor.exerciseId == null) {
    const [newest] = await tx.select().from(deskBaseline).orderBy(desc(deskBaseline.id)).limit(1)
    if (newest) return newest.learnt as unknown as Learnt
  }
  const [directory] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from organisation`)
  return nothingLearnt(priorFromDirectory(directory?.n ?? 0))
}
