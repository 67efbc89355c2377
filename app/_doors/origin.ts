/**
 * Whether a request that changes something comes from our own pages. Server actions are checked by Next; every
 * route handler that believes a cookie asks here first.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (!origin) return false
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return URL.parse(origin)?.host === host
}
