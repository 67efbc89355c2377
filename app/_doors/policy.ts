import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { secondAddress } from '#app/_offline/second.ts'

/** Machines are answered data, the public page has its own policy, and a file runs nothing. */
const NO_PAGE = /^\/(?:api\/|tmf-api\/|status(?:\/|$)|_next\/(?:static|image)|favicon\.ico|icon\.svg)/

/** Its scripts are files of ours, which `strict-dynamic` would refuse: nobody gives a nonce to what a worker imports. */
const WORKER = '/service-worker.js'

/**
 * A nonce per page: no script or style runs that this server did not write. It guards nothing else: access is the doors'.
 * Said here and not in the framework's own proxy, which reads each request and its answer anew for it (1.1 ms a page).
 */
export function withPolicy(handle: RequestListener): RequestListener {
  return (request, response) => {
    const url = request.url ?? ''
    const [path = ''] = url.split('?', 1)
    // What a caller says of either is not ours.
    delete request.headers['content-security-policy']
    delete request.headers['x-path']
    if (!NO_PAGE.test(path)) {
      const policy = contentSecurityPolicy(path === WORKER ? null : randomBytes(16).toString('base64'))
      // Next reads the nonce from here and puts it on every script it writes.
      request.headers['content-security-policy'] = policy
      // Pages do not know their own address: the sign-in page must, to come back.
      request.headers['x-path'] = pagePath(path, url.slice(path.length))
      response.setHeader('content-security-policy', policy)
    }
    handle(request, response)
  }
}

function pagePath(path: string, asked: string): string {
  const query = new URLSearchParams(asked)
  query.delete('_rsc')
  return query.size > 0 ? `${path}?${query}` : path
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
