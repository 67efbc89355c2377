import { isIP } from 'node:net'

/** Where a browser believes it is: what a passkey is bound to, and where a provider sends people back. */
export type Site = { origin: string; host: string }

/**
 * The address of this site: the setting, else what the request asked for. A stranger's name in it opens nothing: a browser
 * signs for no other site than the one it shows, and a provider knows the addresses it may send to. A second address of the
 * same service takes the passkeys of the first when both are told one name in PASSKEY_ADDRESS.
 */
export function siteOf(
  asked: Headers,
  set = process.env.NEXTAUTH_URL,
  bound = process.env.PASSKEY_ADDRESS,
): Site {
  const url = (set && URL.parse(set)) || URL.parse(`http://${asked.get('host') ?? 'localhost'}`)
  if (!url) throw new Error('the address of this site cannot be read: set NEXTAUTH_URL')
  const host = bound ? nameOf(bound, url.hostname) : url.hostname
  if (!host) throw new Error('PASSKEY_ADDRESS is no name that a browser binds passkeys to')
  return { origin: url.origin, host }
}

/**
 * The name that passkeys are bound to, of an address or a bare name: this site's own; a domain above it, which every browser takes
 * by itself (Web Authentication, 5.1.4.1: a registrable suffix); or another site's, which a browser asks first (related origins).
 * Null: none of them. Which domains belong to everybody (gouv.fr, co.uk) the browser knows, and refuses them.
 */
export function nameOf(bound: string, own: string): string | null {
  const written = bound.trim()
  const name = URL.parse(written.includes('://') ? written : `https://${written}`)?.hostname
  if (!name) return null
  if (name === own) return name
  // Passkeys are bound to names: a number has no domain above it, and the last word of a name belongs to nobody.
  return isIP(name.replace(/^\[|\]$/g, '')) || !name.includes('.') ? null : name
}
