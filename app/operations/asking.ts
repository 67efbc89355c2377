import type { AccountActor } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { within } from '#app/_doors/within.ts'
import { PATIENCE_MS } from './health.ts'

/** Who is asking, when the database can still tell: this page stands when nothing else does. */
export async function actorIfTold(): Promise<AccountActor | null> {
  try {
    return await within(PATIENCE_MS, getActor())
  } catch (error) {
    // What Next throws to itself is not a database that fails.
    if (typeof (error as { digest?: unknown }).digest === 'string') throw error
    return null
  }
}
