import { type NextRequest, NextResponse } from 'next/server'
import { secondAddress } from '#app/_offline/second.ts'

/** A nonce per page: no script or style runs that this server did not write. It guards nothing else: access is the doors'. */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(request.nextUrl.pathname === WORKER ? null : nonce)
  const headers = new Headers(request.headers)
  // Next reads the nonce from here and puts it on every script it writes.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  // Pages do not know their own address: the sign-in page must, to come back.
  headers.set('x-path', pagePath(request.nextUrl))
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

/** Its scripts are files of ours, which `strict-dynamic` would refuse: nobody gives a nonce to what a worker imports. */
const WORKER = '/service-worker.js'

function pagePath(url: URL): string {
  const query = new URLSearchParams(url.search)
  query.delete('_rsc')
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname
}

export const config = {
  matcher: ['/((?!api/|tmf-api/|status(?:/|$)|_next/static|_next/image|favicon.ico|icon.svg).*)'],
}

function contentSecurityPolicy(nonce: string | null): string {
  const second = secondAddress()
  const developing = process.env.NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self'${nonce ? ` 'nonce-${nonce}' 'strict-dynamic'` : ''}${developing ? " 'unsafe-eval'" : ''}`,
    developing ? "style-src 'self' 'unsafe-inline'" : `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${second ? ` ${second}` : ''}${developing ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action 'self'${signOutElsewhere()}`,
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Whoever came by an identity provider signs out there as well: the form of ours leads on to it. */
function signOutElsewhere(): string {
  const issuer = process.env.OIDC_ISSUER && URL.parse(process.env.OIDC_ISSUER)
  return issuer ? ` ${issuer.origin}` : ''
}
