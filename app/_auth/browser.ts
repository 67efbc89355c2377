import { timingSafeEqual } from 'node:crypto'
import { cookieName, cookieOptions } from './cookie.ts'
import { fingerprint } from './fingerprint.ts'

/** Whoever signs in twice a year, in a crisis, is still known: as long as browsers keep a cookie. */
export const KNOWN_DAYS = 400

/** Says which browser it is, not who: several people of a control room use one. It opens nothing by itself. */
export const browserCookieName = () => cookieName('browser')
export const browserCookieOptions = () => cookieOptions(KNOWN_DAYS * 24 * 3600_000)

export function sealBrowser(id: string, secret: string): string {
  return `${id}.${fingerprint(`browser cookie:${id}`, secret)}`
}

/** The browser's id, or null when it was not sealed by us. */
export function unsealBrowser(cookie: string | undefined, secret: string): string | null {
  const [, id] = /^([0-9a-f-]{36})\.[0-9a-f]{40}$/.exec(cookie ?? '') ?? []
  if (!cookie || !id) return null
  return timingSafeEqual(Buffer.from(cookie), Buffer.from(sealBrowser(id, secret))) ? id : null
}
