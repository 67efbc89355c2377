import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { addressOf } from '#app/_auth/address.ts'
import { browserCookieName, browserCookieOptions, sealBrowser, unsealBrowser } from '#app/_auth/browser.ts'
import { sealSession, secret, sessionCookieName, sessionCookieOptions } from '#app/_auth/cookie.ts'
import { safePath, setUpPath } from '#app/_auth/paths.ts'
import { LANDING } from '#app/_auth/rules/roles.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { handOver, keptCookieName } from '#app/_doors/kept.ts'
import type { SignedIn, Where } from './open-session.ts'

/** Who knocks, whatever he shows: which browser, from where, how it names itself. */
export async function knocks(): Promise<{ browser: string; where: Where; secret: string }> {
  const [asked, jar] = [await headers(), await cookies()]
  return {
    browser: unsealBrowser(jar.get(browserCookieName())?.value, secret()) ?? randomUUID(),
    where: { address: addressOf(asked), userAgent: asked.get('user-agent') },
    secret: secret(),
  }
}

/** This browser holds the session from now on; the path where its work begins. */
export async function enter(signed: SignedIn, browser: string, next: string | null): Promise<string> {
  const jar = await cookies()
  jar.set(browserCookieName(), sealBrowser(browser, secret()), browserCookieOptions())
  // What this browser's last session had typed and could not send: for the same person only.
  const before = jar.has(keptCookieName()) ? await currentSessionId() : null
  if (before) await handOver(before, signed.sessionId)
  jar.set(sessionCookieName(), await sealSession(signed.sessionId), sessionCookieOptions())
  const path = safePath(next) ?? LANDING[signed.role]
  return signed.confined ? setUpPath(path) : path
}
