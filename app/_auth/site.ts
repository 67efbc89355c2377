/** Where a browser believes it is: what a passkey is bound to, and where a provider sends people back. */
export type Site = { origin: string; host: string }

/**
 * The address of this site: the setting, else what the request asked for. A stranger's name in it opens nothing: a browser
 * signs for no other site than the one it shows, and a provider knows the addresses it may send to. A second address of the
 * same service takes the passkeys of the first, whose name PASSKEY_ADDRESS says (W3C Web Authentication, related origins).
 */
export function siteOf(
  asked: Headers,
  set = process.env.NEXTAUTH_URL,
  bound = process.env.PASSKEY_ADDRESS,
): Site {
  const url = (set && URL.parse(set)) || URL.parse(`http://${asked.get('host') ?? 'localhost'}`)
  if (!url) throw new Error('the address of this site cannot be read: set NEXTAUTH_URL')
  return { origin: url.origin, host: ((bound && URL.parse(bound)) || url).hostname }
}
