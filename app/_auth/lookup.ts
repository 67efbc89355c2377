import { and, eq, isNull } from 'drizzle-orm'
import { CLOCK, clockOf } from '#app/exercises/clock.ts'
import { type ExerciseClock, exerciseTime } from '#app/exercises/rules/exercise-clock.ts'
import { appSql } from '#db/client.ts'
import { session, type TokenScope } from '#db/schema/account.ts'
import { exercise } from '#db/schema/exercise.ts'
import { passkey } from '#db/schema/identity.ts'
import { asActor, inReality } from '#db/transaction.ts'
import { type AccountActor, may } from './actor.ts'
import { isFresh } from './rules/freshness.ts'
import { LIFETIME, TOUCH_MS } from './rules/lifetime.ts'
import type { AloneScope } from './rules/scopes.ts'

/**
 * Who holds this session now; null when it ended, was revoked, or its account or organisation is inactive.
 * The one read outside `asActor`: it is what tells who the actor is, and every request pays for it.
 */
export async function actorOfSession(
  sessionId: string,
  now: Date,
  { touch = true, toSetUp = false }: { touch?: boolean; toSetUp?: boolean } = {},
): Promise<AccountActor | null> {
  if (!UUID.test(sessionId)) return null
  const [row] = await appSql()<
    { actor: AccountActor | null; seen: string }[]
  >`select app.session_actor(${sessionId},
    ${now.toISOString()}, ${LIMITS}::jsonb, ${touch ? seconds(TOUCH_MS) : null}, ${toSetUp}) as actor,
    pg_current_snapshot()::text as seen`
  if (!row?.actor) return null
  shownTo.set(row.actor, row.seen)
  return row.actor
}

const shownTo = new WeakMap<AccountActor, string>()

/**
 * What had been committed when this actor was found, as PostgreSQL names it: two who were shown the same can be given the same
 * reading. Null for whoever was not found by his session, and inside an exercise, whose clock runs faster than ours.
 */
export function snapshotOf(actor: AccountActor): string | null {
  return shownTo.get(actor) ?? null
}

export type TokenHolder = { actor: AccountActor; scopes: TokenScope[]; token: number }

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

/** Whether whoever holds this session has lately proved who he is (rules/freshness.ts). */
export async function hasProved(actor: AccountActor, sessionId: string, now: Date): Promise<boolean> {
  const [row] = await inReality(actor, (tx) =>
    tx.select({ at: session.reauthenticatedAt }).from(session).where(eq(session.id, sessionId)),
  )
  return isFresh(row?.at ?? null, now)
}

/** Whether one of his devices signs for him: the shortest way to prove it. Asked by the door, before he is known too. */
export async function hasPasskey(accountId: number): Promise<boolean> {
  const own = and(eq(passkey.accountId, accountId), isNull(passkey.suspendedAt))
  return (await asActor({ kind: 'door' }, (tx) => tx.$count(passkey, own))) > 0
}

/** Of these sessions, those that are over: ended, revoked, or of somebody put out of use. */
export async function endedAmong(sessionIds: string[], now: Date): Promise<string[]> {
  if (sessionIds.length === 0) return []
  const rows = await appSql()<{ id: string }[]>`
    select app.sessions_ended(${sessionIds}::uuid[], ${now.toISOString()}) as id`
  return rows.map(({ id }) => id)
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
  /** It really reaches the people of the cell, by SMS, telephone, mail and browser. */
  rings: boolean
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
        rings: exercise.rings,
        setAsideAt: exercise.setAsideAt,
        endedAt: exercise.endedAt,
        endedByName: exercise.endedByName,
        ...CLOCK,
      })
      .from(exercise)
      .where(and(eq(exercise.id, exerciseId), eq(exercise.attended, true))),
  )
  if (!row) return null
  const { speed, minute, tickedAt, t0, ...rest } = row
  return { ...rest, clock: clockOf(row) }
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

/** As the database reads how long each role's sessions last. */
const LIMITS = JSON.stringify(
  Object.fromEntries(
    Object.entries(LIFETIME).map(([role, { idleMs, longestMs }]) => [
      role,
      { idle: seconds(idleMs), longest: seconds(longestMs) },
    ]),
  ),
)

function seconds(ms: number): string {
  return `${ms / 1000} seconds`
}
