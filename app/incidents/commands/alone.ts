import { sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import type { Tx } from '#db/transaction.ts'

/**
 * Whoever reads the facts and opens incidents from them does so alone in a world, until its transaction ends. Taken before all else: who
 * holds rows or results and then waits here is waited for by whoever is inside.
 */
export async function alone(tx: Tx, actor: MachineActor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`correlate:${actor.exerciseId ?? 'real'}`}))`)
}
