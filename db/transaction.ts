import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf } from '#app/_auth/actor.ts'
import { appDb, type Tx } from './client.ts'
import { laneNow } from './lane.ts'
import { limits } from './limits.ts'

export type { Tx } from './client.ts'

/**
 * Runs `work` in one transaction as the application's role, seeing what `actor` may see (invariant 3).
 * The only way from the application to the database. Rolls back when `work` throws.
 */
export async function asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const joined = shared.getStore()
  if (joined?.actor === actor) return work(joined.tx)
  const lane = laneNow()
  return (lane?.client ?? appDb()).transaction(async (tx) => {
    const who = identity(actor)
    const { statement, lock, idle } = lane ?? limits()
    await tx.execute(sql`select set_config('app.role', ${who.role}, true), set_config('app.account', ${who.account}, true),
      set_config('app.organisation', ${who.organisation}, true), set_config('app.sees', ${who.sees}, true),
      set_config('app.exercise', ${who.exercise}, true), set_config('statement_timeout', ${String(statement)}, true),
      set_config('lock_timeout', ${String(lock)}, true),
      set_config('idle_in_transaction_session_timeout', ${String(idle)}, true)`)
    return work(tx)
  })
}

const shared = new AsyncLocalStorage<{ actor: Actor; tx: Tx }>()

/**
 * What `work` does as this actor is one transaction: commands called in it join instead of opening their own, and all of it
 * is kept or nothing. For commands that follow each other at once; not for those that take locks others may hold.
 */
export function together<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  return asActor(actor, (tx) => shared.run({ actor, tx }, work))
}

function identity(actor: Actor) {
  return {
    role: actor.kind === 'account' ? actor.role : actor.kind,
    account: String(actorId(actor) ?? ''),
    organisation: actor.kind === 'account' && actor.organisationId ? String(actor.organisationId) : '',
    sees: actor.kind === 'account' ? actor.territories.join(',') : '',
    exercise: String(exerciseOf(actor) ?? ''),
  }
}
