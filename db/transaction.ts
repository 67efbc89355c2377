import { AsyncLocalStorage } from 'node:async_hooks'
import { type SQL, sql } from 'drizzle-orm'
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
    const { statement, lock, idle } = lane ?? limits()
    await tx.execute(sql`select ${identity(actor)}, set_config('statement_timeout', ${String(statement)}, true),
      set_config('lock_timeout', ${String(lock)}, true),
      set_config('idle_in_transaction_session_timeout', ${String(idle)}, true)`)
    return work(tx)
  })
}

/** The same in the real world, whatever exercise is open in the browser: accounts, the directory and settings belong to no exercise. */
export function inReality<A extends Actor, T>(actor: A, work: (tx: Tx, real: A) => Promise<T>): Promise<T> {
  const real = actor.kind === 'door' ? actor : { ...actor, exerciseId: null }
  return asActor(real, (tx) => work(tx, real))
}

const shared = new AsyncLocalStorage<{ actor: Actor; tx: Tx }>()

/**
 * What `work` does as this actor is one transaction: commands called in it join instead of opening their own, and all of it
 * is kept or nothing. For commands that follow each other at once; not for those that take locks others may hold.
 */
export function together<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  return asActor(actor, (tx) => shared.run({ actor, tx }, work))
}

/** From here to its end the transaction is this actor's: what a machine had to do first, and a person signs, is kept or lost as one. */
export async function goOnAs(tx: Tx, actor: Actor): Promise<void> {
  await tx.execute(sql`select ${identity(actor)}`)
}

function identity(actor: Actor): SQL {
  const role = actor.kind === 'account' ? actor.role : actor.kind
  const organisation = actor.kind === 'account' && actor.organisationId ? String(actor.organisationId) : ''
  const sees = actor.kind === 'account' ? actor.territories.join(',') : ''
  return sql`set_config('app.role', ${role}, true), set_config('app.account', ${String(actorId(actor) ?? '')}, true),
    set_config('app.organisation', ${organisation}, true), set_config('app.sees', ${sees}, true),
    set_config('app.exercise', ${String(exerciseOf(actor) ?? '')}, true)`
}
