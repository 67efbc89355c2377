'use server'

import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { AccountActor } from '#app/_auth/actor.ts'
import { begin } from '#app/_auth/ceremony.ts'
import { forgetCookie, sessionCookieName } from '#app/_auth/cookie.ts'
import { safePath, withNext } from '#app/_auth/paths.ts'
import { unsealed } from '#app/_auth/sealed.ts'
import { currentSessionId, getActorSettingUp } from '#app/_auth/session.ts'
import { siteOf } from '#app/_auth/site.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import type { Reason } from '#app/_doors/result.ts'
import { textOf } from '#app/_doors/text.ts'
import { signOut } from './commands/end-session.ts'
import { signIn } from './commands/sign-in.ts'
import { enter, knocks } from './enter.ts'
import { leaveAt, provider, TOKEN_USE } from './provider.ts'
import { openedBy } from './queries.ts'
import { spoken } from './spoken.ts'

/** What the sign-in page shows again: the e-mail typed, never the passphrase. */
export type SignInState = { email: string; reason: Reason | null }

/** Longer than anybody types: neither is cut to fit, so that half a passphrase never opens. */
const LONGEST = { email: 254, passphrase: 1_000 }

export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const [email, passphrase] = [textOf(form, 'email'), textOf(form, 'passphrase')]
  try {
    return await prove(form, email, passphrase)
  } catch (error) {
    if (goesOn(error)) throw error
    failure('sign-in', error)
    return { email, reason: { key: 'auth.failed' } }
  }
}

async function prove(form: FormData, email: string, passphrase: string): Promise<SignInState> {
  if (!email.trim() || !passphrase) return { email, reason: { key: 'auth.missing' } }
  if (email.length > LONGEST.email || passphrase.length > LONGEST.passphrase)
    return { email: email.slice(0, LONGEST.email), reason: { key: 'auth.wrong' } }

  const { browser, where, secret } = await knocks()
  const [now, next] = [new Date(), safePath(textOf(form, 'next'))]
  const result = await signIn({ email, passphrase, browser, secret, ...where }, now)
  if (!result.ok) return { email, reason: spoken(result.reason, now) }
  if (result.value.step === 'in') redirect(await enter(result.value, browser, next))
  await begin(await cookies(), 'second', { accountId: result.value.accountId, method: 'passphrase' }, now)
  redirect(withNext('/sign-in/code', next))
}

export async function signOutAction(): Promise<void> {
  const [actor, sessionId] = [await getActorSettingUp(), await currentSessionId()]
  const elsewhere = actor && sessionId ? await leavingProvider(actor, sessionId) : null
  if (actor && sessionId) await signOut(actor, { sessionId }, new Date())
  const jar = await cookies()
  forgetCookie(jar, sessionCookieName())
  redirect(elsewhere ?? '/sign-in?out')
}

/**
 * Whoever came by the provider leaves there too: on a shared screen the next one must not be let in as him. Where that cannot be, he
 * is told so. Null: he came otherwise.
 */
async function leavingProvider(actor: AccountActor, sessionId: string): Promise<string | null> {
  const token = (await openedBy(actor, sessionId))?.providerToken
  if (!token) return null
  const [settings, idToken] = [provider(), unsealed(TOKEN_USE, token)]
  const { origin } = siteOf(await headers())
  const leave =
    settings && idToken && leaveAt(settings, idToken, { back: `${origin}/sign-in`, state: randomUUID() })
  return (await leave) || '/sign-in?out=here'
}
