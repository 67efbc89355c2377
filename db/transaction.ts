import { sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf } from '#app/_auth/actor.ts'
import { appDb } from './client.ts'

export type Tx = Parameters<Parameters<ReturnType<typeof appDb>['transaction']>[0]>[0]

/**
 * Runs `work` in one transaction as the application's role, seeing what `actor` may see (invariant 3).
 * The only way from the application to the database. Rolls back when `work` throws.
 */
export async function asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return appDb().transaction(async (tx) => {
    const who = identity(actor)
    await tx.execute(sql`select set_config('app.role', ${who.role}, true), set_config('app.account', ${who.account}, true),
      set_config('app.organisation', ${who.organisation}, true), set_config('app.sees', ${who.sees}, true),
      set_config('app.exercise', ${who.exercise}, true)`)
    return work(tx)
  })
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
