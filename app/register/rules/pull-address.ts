/** Where a neighbour's register may be pulled from: an https address; http on this machine alone, to try two copies. */
export function judgePullAddress(typed: string): { ok: true } | { ok: false; key: string } {
  const no = { ok: false, key: 'register.invalid.address' } as const
  if (!URL.canParse(typed)) return no
  const { protocol, hostname, username, password } = new URL(typed)
  if (username || password) return no
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && here) ? { ok: true } : no
}
