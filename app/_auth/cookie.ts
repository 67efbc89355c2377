import { decode, encode } from 'next-auth/jwt'
import { LONGEST_MS } from './rules/lifetime.ts'

/**
 * Behind https the name carries the browser's own guard: this host alone set it, over https, for all of its paths. The
 * setting decides, never the request.
 */
export function cookieName(plain: string): string {
  return isSecure() ? `__Host-${plain}` : plain
}

export const sessionCookieName = () => cookieName('next-auth.session-token')
export const exerciseCookieName = () => cookieName('exercise')

/** What every cookie of ours has in common. */
export function cookieOptions(maxAgeMs: number) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isSecure(),
    maxAge: maxAgeMs / 1000,
  } as const
}

/** `jar.delete` would not do: a guarded name is only taken away by a cookie as guarded as it. */
export function forgetCookie(jar: Jar, name: string): void {
  jar.set(name, '', cookieOptions(0))
}

type Jar = { set: (name: string, value: string, options: ReturnType<typeof cookieOptions>) => unknown }

export function sessionCookieOptions() {
  return cookieOptions(LONGEST_MS)
}

function isSecure(): boolean {
  return (process.env.NEXTAUTH_URL ?? '').startsWith('https://')
}

/** The cookie says nothing but which row of `session` to look up. */
export function sealSession(sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: secret(), maxAge: LONGEST_MS / 1000 })
}

/** The session id in a cookie, or null when it was not sealed by us or is too old. */
export async function unsealSession(token: string | undefined, now = Date.now()): Promise<string | null> {
  if (!token || token.length > 2048) return null
  const known = unsealed.get(token)
  if (known) return known.expires > now ? known.sid : null
  try {
    const read = await decode({ token, secret: secret() })
    if (typeof read?.sid !== 'string' || typeof read.exp !== 'number') return null
    remember(token, { sid: read.sid, expires: read.exp * 1000 })
    return read.sid
  } catch {
    return null
  }
}

// Deriving the key and decrypting cost more than reading the row; a sealed token always says the same.
const unsealed = new Map<string, { sid: string; expires: number }>()
const REMEMBERED = 2_000

function remember(token: string, content: { sid: string; expires: number }) {
  if (unsealed.size >= REMEMBERED) unsealed.delete(unsealed.keys().next().value ?? '')
  unsealed.set(token, content)
}

export function secret(): string {
  const value = process.env.AUTH_SECRET || process.env.NEXTAUTH_SECRET
  if (!value) throw new Error('AUTH_SECRET is not set: start with npm start, or see the settings table')
  return value
}
