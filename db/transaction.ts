import { AsyncLocalStorage } from 'node:async_hooks'
import { type SQL, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, outside } from '#app/_auth/actor.ts'
import { appDb, type Tx } from './client.ts'
import { laneNow } from './lane.ts'
import { limits } from './limits.ts'

export type { Tx } from './client.ts'

type Options = {
  /**
   * Its statements are planned once a connection, whatever they ask for: a long one costs more to plan than to answer, and of one
   * that asks for hours PostgreSQL would plan every single question anew. Not for what is asked by values that many rows bear.
   */
  plannedOnce?: boolean
}

/**
 * Runs `work` in one transaction as the application's role, seeing what `actor` may see (invariant 3).
 * The only way from the application to the database. Rolls back when `work` throws.
 */
export async function asActor<T>(
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  { plannedOnce = false }: Options = {},
): Promise<T> {
  const joined = shared.getStore()
  if (joined?.actor === actor) return work(joined.tx)
  const lane = laneNow()
  const { statement, lock, idle } = lane ?? limits()
  const first = sql`select ${identity(actor)}, set_config('statement_timeout', ${String(statement)}, true),
    set_config('lock_timeout', ${String(lock)}, true),
    set_config('idle_in_transaction_session_timeout', ${String(idle)}, true),
    set_config('plan_cache_mode', ${plannedOnce ? 'force_generic_plan' : 'auto'}, true)`
  return (lane?.client ?? appDb()).transaction(first, work)
}

/** The same in the real world, whatever exercise is open in the browser: accounts, the directory and settings belong to no exercise. */
export function inReality<A extends Actor, T>(actor: A, work: (tx: Tx, real: A) => Promise<T>): Promise<T> {
  const real = outside(actor)
  return asActor(real, (tx) => work(tx, real))
}

/** The same for a reading, which may be one of several in a transaction: whoever is in no exercise is himself. */
export function inRealityRead<T>(actor: Actor, read: (tx: Tx) => Promise<T>): Promise<T> {
  return exerciseOf(actor) === null ? asActor(actor, read) : inReality(actor, read)
}

const shared = new AsyncLocalStorage<{ actor: Actor; tx: Tx }>()

/**
 * What `work` does as this actor is one transaction: commands called in it join instead of opening their own, and all of it
 * is kept or nothing. For commands that follow each other at once; not for those that take locks others may hold.
 */
export function together<T>(actor: Actor, work: () => Promise<T>, options?: Options): Promise<T> {
  return asActor(actor, (tx) => shared.run({ actor, tx }, work), options)
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
