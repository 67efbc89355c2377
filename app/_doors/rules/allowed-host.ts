/**
 * Where we may call when the address comes from a browser or a machine, so from anybody: only hosts that an administrator named, by
 * https, on the usual port, never a bare address: none of our own network is reached by it.
 */
export function isAllowedHost(endpoint: string, hosts: string): boolean {
  const url = URL.parse(endpoint)
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    return false
  const host = url.hostname.toLowerCase().replace(/\.$/, '')
  if (/^[\d.]+$/.test(host) || host.startsWith('[')) return false
  return hosts
    .split(/\s+/)
    .map((one) => one.toLowerCase())
    .some((allowed) => allowed.includes('.') && (host === allowed || host.endsWith(`.${allowed}`)))
}
