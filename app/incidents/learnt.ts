import { desc, sql } from 'drizzle-orm'
import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import { deskBaseline } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { type Baseline, priorFromDirectory } from './rules/baseline.ts'
import { type Learnt, nothingLearnt } from './rules/learning.ts'
import type { Tails } from './rules/rarity.ts'
import { SCOPE_KINDS } from './rules/scopes.ts'

/**
 * What is usual in this world: the desk's own past, or without one the size of its directory. An exercise has a desk and a
 * directory of its own, those of its file, so that the same file says the same wherever it is played: the real past is
 * not shown to it (policy) nor would it teach, and the real directory, which it does see, is another desk's.
 */
export async function learntHere(tx: Tx, actor: Actor): Promise<Learnt> {
  const world = exerciseOf(actor)
  if (world === null) {
    const [newest] = await tx.select().from(deskBaseline).orderBy(desc(deskBaseline.id)).limit(1)
    if (newest && isReadable(newest.learnt)) return newest.learnt as unknown as Learnt
  }
  const [directory] = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from organisation where exercise_id is not distinct from ${world}`,
  )
  return nothingLearnt(priorFromDirectory(directory?.n ?? 0))
}

/** Written by an earlier version it may lack what the rules read now: the next lesson is within a day. */
function isReadable(learnt: Record<string, unknown>): boolean {
  const { baseline, tails } = learnt as { baseline?: Partial<Baseline>; tails?: Partial<Tails> }
  return SCOPE_KINDS.every(
    (kind) => baseline?.dispersions?.[kind] !== undefined && tails?.[kind] !== undefined,
  )
}
