import { decode, encode } from 'next-auth/jwt'
import { cookieName, cookieOptions, forgetCookie, secret } from './cookie.ts'

/**
 * What this browser must still answer: a challenge it was given, a second proof, what a provider will send back. Sealed in a
 * cookie, so that nothing is written for whoever only asks; what must be answered once is struck off when it is answered
 * (app/sign-in/spent.ts).
 */
export type Ceremonies = {
  passkey: { challenge: string; purpose: 'sign_in' | 'again' | 'register'; sessionId: string | null }
  second: { accountId: number; method: 'passphrase' }
  totp: { accountId: number; secret: string }
  provider: {
    state: string
    nonce: string
    verifier: string
    next: string | null
    purpose: 'sign_in' | 'again'
    sessionId: string | null
    invitation: string | null
  }
}
export type Purpose = keyof Ceremonies

/** A person looks for his key, his telephone, his glasses. [D] */
export const ANSWERED_WITHIN_MS = 5 * 60_000

type Jar = {
  get: (name: string) => { value: string } | undefined
  set: (name: string, value: string, options: ReturnType<typeof cookieOptions>) => unknown
}

export async function begin<P extends Purpose>(
  jar: Jar,
  purpose: P,
  content: Ceremonies[P],
  now: Date,
): Promise<void> {
  const until = now.getTime() + ANSWERED_WITHIN_MS
  jar.set(nameOf(purpose), await sealCeremony(purpose, content, until), cookieOptions(ANSWERED_WITHIN_MS))
}

/** What was begun, while it may be answered; null when it was not begun here, or too long ago. */
export async function begun<P extends Purpose>(
  jar: Jar,
  purpose: P,
  now: Date,
): Promise<Ceremonies[P] | null> {
  return openCeremony(purpose, jar.get(nameOf(purpose))?.value, now)
}

export function end(jar: Jar, purpose: Purpose): void {
  if (jar.get(nameOf(purpose))) forgetCookie(jar, nameOf(purpose))
}

export function sealCeremony<P extends Purpose>(
  purpose: P,
  content: Ceremonies[P],
  until: number,
): Promise<string> {
  // Its own end counts, by the clock that is given; the seal's only has to be later.
  return encode({ token: { content, until }, secret: secret(), salt: saltOf(purpose), maxAge: 24 * 3600 })
}

export async function openCeremony<P extends Purpose>(
  purpose: P,
  sealed: string | undefined,
  now: Date,
): Promise<Ceremonies[P] | null> {
  if (!sealed || sealed.length > 4_000) return null
  try {
    const read = await decode({ token: sealed, secret: secret(), salt: saltOf(purpose) })
    if (typeof read?.until !== 'number' || read.until <= now.getTime()) return null
    return read.content as Ceremonies[P]
  } catch {
    return null
  }
}

const nameOf = (purpose: Purpose) => cookieName(`begun-${purpose}`)
const saltOf = (purpose: Purpose) => `ceremony ${purpose}`
