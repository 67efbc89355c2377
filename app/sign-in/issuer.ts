import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { addressOf } from '#app/_auth/address.ts'
import { secret } from '#app/_auth/cookie.ts'
import { ABSOLUTE_MS } from '#app/_auth/lifetime.ts'
import { actorOfSession } from '#app/_auth/lookup.ts'
import { safePath } from '#app/_auth/paths.ts'
import { signOut } from './commands/end-session.ts'
import { signIn } from './commands/sign-in.ts'

/**
 * next-auth issues the cookie; it carries only the id of a row of `session`. A stronger sign-in (ProConnect, passkey)
 * is one more provider here, whose accounts have another `signInMethod`.
 */
export function issuer(): NextAuthOptions {
  return {
    secret: secret(),
    session: { strategy: 'jwt', maxAge: ABSOLUTE_MS / 1000, updateAge: ABSOLUTE_MS / 1000 },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        name: 'Permanence',
        credentials: { email: { type: 'email' }, passphrase: { type: 'password' } },
        async authorize(credentials, request) {
          const headers = new Headers(request.headers as Record<string, string>)
          const result = await signIn(
            {
              email: credentials?.email ?? '',
              passphrase: (credentials?.passphrase ?? '').slice(0, 1000),
              // A door without a cookie of its own: always a new browser.
              browser: crypto.randomUUID(),
              address: addressOf(headers),
              userAgent: headers.get('user-agent'),
              secret: secret(),
            },
            new Date(),
          )
          return result.ok ? { id: String(result.value.accountId), sid: result.value.sessionId } : null
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user && 'sid' in user) return { sid: user.sid }
        return { sid: token.sid }
      },
      async session({ session, token }) {
        const actor =
          typeof token.sid === 'string' ? await actorOfSession(token.sid, new Date(), { touch: false }) : null
        return { expires: session.expires, user: actor ? { name: actor.name } : undefined }
      },
      redirect({ url, baseUrl }) {
        const path = safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url)
        return path ? baseUrl + path : `${baseUrl}/sign-in`
      },
    },
    events: {
      async signOut({ token }) {
        const sessionId = token?.sid
        if (typeof sessionId !== 'string') return
        const now = new Date()
        const actor = await actorOfSession(sessionId, now, { touch: false })
        if (actor) await signOut(actor, { sessionId }, now)
      },
    },
  }
}
