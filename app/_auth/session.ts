import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { clockNow } from '#app/_doors/clock.ts'
import { idOf, isInside } from '#app/exercises/rules/entry.ts'
import { exerciseTime } from '#app/exercises/rules/exercise-clock.ts'
import { type AccountActor, may } from './actor.ts'
import { exerciseCookieName, sessionCookieName, unsealSession } from './cookie.ts'
import { actorOfSession, type Exercise, hasProved, readExercise } from './lookup.ts'
import { setUpPath, signInPath } from './paths.ts'
import type { Capability } from './rules/roles.ts'

const moment = cache(() => {
  const wall = clockNow().getTime()
  return { wall, at: wall }
})

/**
 * What the watch says in the world of whoever asks (an exercise has a watch of its own), the same all through the request.
 * Ask after `getActor`.
 */
export const requestTime = () => moment().at

/** When this request began, in the real world. */
export const requestBegan = () => moment().wall

/** The exercise this browser has entered, over or not; null for most people, most of the time. */
export const getExercise = cache(async (): Promise<Exercise | null> => {
  const entry = await ownEntry()
  const actor = entry ? await getRealActor() : null
  return actor && entry ? readExercise(actor, idOf(entry)) : null
})

const ownEntry = async () => (await cookies()).get(exerciseCookieName())?.value

/** Who is asking, read from the database once per request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<AccountActor | null> => {
  const actor = await getRealActor()
  const entered = actor && (await getExercise())
  if (!actor || !entered || !isInside((await ownEntry()) ?? '', entered)) return actor
  const now = moment()
  now.at = exerciseTime(entered.clock, now.wall)
  return { ...actor, exerciseId: entered.id }
})

/** The same, outside of any exercise: for what concerns the real world wherever one is. */
export const getRealActor = cache(async (): Promise<AccountActor | null> => {
  moment()
  const sessionId = await currentSessionId()
  return sessionId ? actorOfSession(sessionId, new Date()) : null
})

/** Who is asking while he sets up how he signs in, and may do nothing else yet; or whoever may do all. */
export const getActorSettingUp = cache(async (): Promise<AccountActor | null> => {
  const sessionId = await currentSessionId()
  return sessionId ? actorOfSession(sessionId, new Date(), { toSetUp: true }) : null
})

/** Whether whoever asks has just proved who he is: asked before what cannot be taken back (rules/freshness.ts). */
export async function isFreshlyProved(actor: AccountActor): Promise<boolean> {
  const sessionId = await currentSessionId()
  return sessionId !== null && hasProved(actor, sessionId, new Date())
}

/** The id of the session that asks: to mark it in the list of one's sessions, to end it. */
export async function currentSessionId(): Promise<string | null> {
  return unsealSession((await cookies()).get(sessionCookieName())?.value)
}

/**
 * For pages. Nobody signed in: to the sign-in page and back. Signed in as one who may not: not found,
 * because what you may not see does not exist (invariant 3).
 */
export async function requireActor(capability: Capability): Promise<AccountActor> {
  const actor = await getActor()
  if (!actor) redirect(await wayIn((await headers()).get('x-path')))
  if (!may(actor, capability)) notFound()
  return actor
}

/** Nobody signs in; whoever has, but not yet set up how he will, does that. */
async function wayIn(path: string | null): Promise<string> {
  return (await getActorSettingUp()) ? setUpPath(path) : signInPath(path)
}

/** For what answers no page: who is asking, when he may one of these; null when nobody is signed in or this one may not. */
export async function actorWho(...capabilities: [Capability, ...Capability[]]): Promise<AccountActor | null> {
  const actor = await getActor()
  return actor && capabilities.some((one) => may(actor, one)) ? actor : null
}
