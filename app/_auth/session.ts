import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { clockNow } from '#app/_doors/clock.ts'
import type { Role } from '#db/schema/account.ts'
import type { AccountActor } from './actor.ts'
import { EXERCISE_COOKIE, sessionCookieName, unsealSession } from './cookie.ts'
import { actorOfSession, inExercise } from './lookup.ts'
import { signInPath } from './paths.ts'

/** When this request began, the same all through it: taken before anything is read. */
export const requestTime = cache(() => clockNow().getTime())

/** Who is asking, read from the database once per request; null when nobody is signed in. */
export const getActor = cache(async (): Promise<AccountActor | null> => {
  requestTime()
  const jar = await cookies()
  const sessionId = await unsealSession(jar.get(sessionCookieName())?.value)
  if (!sessionId) return null
  const actor = await actorOfSession(sessionId, new Date())
  const chosen = jar.get(EXERCISE_COOKIE)?.value
  return actor && chosen ? inExercise(actor, Number(chosen)) : actor
})

/** The id of the session that asks: to mark it in the list of one's sessions, to end it. */
export async function currentSessionId(): Promise<string | null> {
  return unsealSession((await cookies()).get(sessionCookieName())?.value)
}

/**
 * For pages. Nobody signed in: to the sign-in page and back. Signed in without one of the roles: not found,
 * because what you may not see does not exist (invariant 3).
 */
export async function requireActor(roles?: readonly Role[]): Promise<AccountActor> {
  const actor = await getActor()
  if (!actor) redirect(signInPath((await headers()).get('x-path')))
  if (roles && !roles.includes(actor.role)) notFound()
  return actor
}
