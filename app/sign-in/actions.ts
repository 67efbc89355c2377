'use server'

import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { addressOf } from '#app/_auth/address.ts'
import { browserCookieName, browserCookieOptions, sealBrowser, unsealBrowser } from '#app/_auth/browser.ts'
import {
  forgetCookie,
  sealSession,
  secret,
  sessionCookieName,
  sessionCookieOptions,
} from '#app/_auth/cookie.ts'
import { safePath } from '#app/_auth/paths.ts'
import { LANDING } from '#app/_auth/rules/roles.ts'
import { currentSessionId, getActor } from '#app/_auth/session.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { handOver, keptCookieName } from '#app/_doors/kept.ts'
import type { Reason } from '#app/_doors/result.ts'
import { textOf } from '#app/_doors/text.ts'
import { signOut } from './commands/end-session.ts'
import { signIn } from './commands/sign-in.ts'

/** What the sign-in page shows again: the e-mail typed, never the passphrase. */
export type SignInState = { email: string; reason: Reason | null }

/** Longer than anybody types: neither is cut to fit, so that half a passphrase never opens. */
const LONGEST = { email: 254, passphrase: 1_000 }

export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const [email, passphrase] = [textOf(form, 'email'), textOf(form, 'passphrase')]
  try {
    return await enter(form, email, passphrase)
  } catch (error) {
    if (goesOn(error)) throw error
    failure('sign-in', error)
    return { email, reason: { key: 'auth.failed' } }
  }
}

async function enter(form: FormData, email: string, passphrase: string): Promise<SignInState> {
  if (!email.trim() || !passphrase) return { email, reason: { key: 'auth.missing' } }
  if (email.length > LONGEST.email || passphrase.length > LONGEST.passphrase)
    return { email: email.slice(0, LONGEST.email), reason: { key: 'auth.wrong' } }

  const [asked, jar] = [await headers(), await cookies()]
  const browser = unsealBrowser(jar.get(browserCookieName())?.value, secret()) ?? randomUUID()
  const result = await signIn(
    {
      ...{ email, passphrase, browser },
      address: addressOf(asked),
      userAgent: asked.get('user-agent'),
      secret: secret(),
    },
    new Date(),
  )
  if (!result.ok) return { email, reason: spoken(result.reason, new Date()) }

  jar.set(browserCookieName(), sealBrowser(browser, secret()), browserCookieOptions())
  // What this browser's last session had typed and could not send: for the same person only.
  const before = jar.has(keptCookieName()) ? await currentSessionId() : null
  if (before) await handOver(before, result.value.sessionId)
  jar.set(sessionCookieName(), await sealSession(result.value.sessionId), sessionCookieOptions())
  redirect(safePath(textOf(form, 'next')) ?? LANDING[result.value.role])
}

export async function signOutAction(): Promise<void> {
  const [actor, sessionId] = [await getActor(), await currentSessionId()]
  if (actor && sessionId) await signOut(actor, { sessionId }, new Date())
  const jar = await cookies()
  forgetCookie(jar, sessionCookieName())
  redirect('/sign-in?out')
}

// Written here once, so that the page is the same with and without JavaScript.
function spoken(reason: Reason, now: Date): Reason {
  const until = reason.values?.until
  if (!until) return reason
  const end = new Date(until)
  const hour = new Intl.DateTimeFormat('fr', { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(end)
  return { ...reason, values: { until: hour, seconds: Math.max(1, Math.ceil((+end - +now) / 1000)) } }
}
