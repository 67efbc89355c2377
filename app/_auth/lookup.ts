import { and, eq, sql } from 'drizzle-orm'
import { type ExerciseClock, exerciseTime } from '#app/exercises/rules/exercise-clock.ts'
import { appSql } from '#db/client.ts'
import type { TokenScope } from '#db/schema/account.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'
import { type AccountActor, may } from './actor.ts'
import { ABSOLUTE_MS, IDLE_MS, TOUCH_MS } from './lifetime.ts'
import type { AloneScope } from './rules/scopes.ts'

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

export type TokenHolder = { actor: AccountActor; scopes: TokenScope[] }

/** Who speaks with this bearer token, given its sha256, and what it may; null for one that ended, or opens another door. */
export async function holderOfToken(hash: string, now: Date): Promise<TokenHolder | null> {
  const [row] = await appSql()<
    { held: TokenHolder | null }[]
  >`select app.token_actor(${hash}, ${now.toISOString()}) as held`
  return row?.held ?? null
}

/** Which key of a device this is, given its sha256: one that opens this very door, and no other. */
export async function deviceOfToken(hash: string, scope: AloneScope, now: Date): Promise<number | null> {
  const [row] = await appSql()<
    { id: string | null }[]
  >`select app.token_device(${hash}, ${scope}, ${now.toISOString()}) as id`
  return row?.id ? Number(row.id) : null
}

/** An exercise as everybody's frame knows it: whether it runs, and what its watch says. */
export type Exercise = {
  id: number
  title: string
  state: 'running' | 'set_aside' | 'stopped' | 'finished'
  startedAt: Date
  setAsideAt: Date | null
  endedAt: Date | null
  endedByName: string | null
  clock: ExerciseClock
}

/** An exercise played for people; null for whoever may not enter one. */
export async function readExercise(actor: AccountActor, exerciseId: number): Promise<Exercise | null> {
  if (!may(actor, 'exercises.enter') || !Number.isSafeInteger(exerciseId)) return null
  const [row] = await asActor(actor, (tx) =>
    tx
      .select({
        id: exercise.id,
        title: exercise.title,
        state: exercise.state,
        startedAt: exercise.startedAt,
        setAsideAt: exercise.setAsideAt,
        endedAt: exercise.endedAt,
        endedByName: exercise.endedByName,
        speed: exercise.speed,
        minute: exercise.minute,
        tickedAt: exercise.tickedAt,
        t0: sql<string>`${exercise.file} #>> '{clock,t0_local}'`,
      })
      .from(exercise)
      .where(and(eq(exercise.id, exerciseId), eq(exercise.attended, true))),
  )
  if (!row) return null
  const { speed, minute, tickedAt, t0, ...rest } = row
  const running = row.state === 'running'
  return {
    ...rest,
    clock: {
      ...{ t0: Date.parse(t0), minute: minute ?? 0, speed, running },
      tickedAt: (tickedAt ?? row.startedAt).getTime(),
    },
  }
}

/** The same person inside an exercise that runs; otherwise in the real world. */
export async function inExercise(actor: AccountActor, exerciseId: number): Promise<AccountActor> {
  const found = await readExercise(actor, exerciseId)
  return found?.state === 'running' ? { ...actor, exerciseId: found.id } : actor
}

/** What the watch of this actor's world says when it is `wall` outside. */
export async function timeOf(actor: AccountActor, wall: Date): Promise<Date> {
  if (actor.exerciseId === null) return wall
  const found = await readExercise(actor, actor.exerciseId)
  return found ? new Date(exerciseTime(found.clock, wall.getTime())) : wall
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function seconds(ms: number): string {
  return `${ms / 1000} seconds`
}
