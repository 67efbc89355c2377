import { and, eq } from 'drizzle-orm'
import { appSql } from '#db/client.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'
import { type AccountActor, CELL_ROLES } from './actor.ts'
import { ABSOLUTE_MS, IDLE_MS, TOUCH_MS } from './lifetime.ts'

/**
 * Who holds this session now; null when it ended, was revoked, or its account or organisation is inactive.
 * The one read outside `asActor`: it is what tells who the actor is, and every request pays for it.
 */
export async function actorOfSession(
  sessionId: string,
  now: Date,
  { touch = true }: { touch?: boolean } = {},
): Promise<AccountActor | null> {
  if (!UUID.test(sessionId)) return null
  const [row] = await appSql()<{ actor: AccountActor | null }[]>`select app.session_actor(
    ${sessionId}, ${now.toISOString()}, ${seconds(IDLE_MS)}, ${seconds(ABSOLUTE_MS)}, ${touch ? seconds(TOUCH_MS) : null}) as actor`
  return row?.actor ?? null
}

/** Who speaks with this bearer token, given its sha256. */
export async function actorOfToken(hash: string): Promise<AccountActor | null> {
  const [row] = await appSql()<{ actor: AccountActor | null }[]>`select app.token_actor(${hash}) as actor`
  return row?.actor ?? null
}

/** The same person inside an exercise: a member of the cell, and an exercise that runs; otherwise the real world. */
export async function inExercise(actor: AccountActor, exerciseId: number): Promise<AccountActor> {
  if (!CELL_ROLES.includes(actor.role) || !Number.isSafeInteger(exerciseId)) return actor
  const [running] = await asActor(actor, (tx) =>
    tx
      .select({ id: exercise.id })
      .from(exercise)
      .where(and(eq(exercise.id, exerciseId), eq(exercise.state, 'running'))),
  )
  return running ? { ...actor, exerciseId: running.id } : actor
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function seconds(ms: number): string {
  return `${ms / 1000} seconds`
}
