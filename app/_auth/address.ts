/**
 * The caller's address, or null when it cannot be believed. Any client can write X-Forwarded-For: it counts only
 * with the setting TRUST_PROXY, the number of proxies of one's own in front ("1" for most); each adds one entry at
 * the right, so the first entry we did not write ourselves is the one that many places from the right.
 */
export function addressOf(headers: Headers, trust = process.env.TRUST_PROXY): string | null {
  const proxies = proxiesInFront(trust)
  const address = proxies > 0 ? entriesOf(headers.get('x-forwarded-for')).at(-proxies) : null
  return address ? network(address) : null
}

/** Whether the request came over https, in the word of the proxy of one's own in front; nobody else's counts. */
export function cameByHttps(forwardedProto: string | null, trust = process.env.TRUST_PROXY): boolean {
  const proxies = proxiesInFront(trust)
  const entries = entriesOf(forwardedProto)
  // Most proxies hand on one word for all of them.
  return proxies > 0 && (entries.at(-proxies) ?? entries.at(-1)) === 'https'
}

function proxiesInFront(trust: string | undefined): number {
  const proxies = trust === 'true' ? 1 : Number(trust ?? 0)
  return Number.isInteger(proxies) && proxies > 0 ? proxies : 0
}

function entriesOf(chain: string | null): string[] {
  return (chain ?? '').split(',').map((entry) => entry.trim())
}

// One subscriber holds a whole IPv6 /64: counting each of its addresses apart would count nothing.
function network(address: string): string {
  const plain = address.replace(/^::ffff:/i, '').replace(/^\[|\](:\d+)?$/g, '')
  const v4 = /^(\d+\.\d+\.\d+\.\d+)(:\d+)?$/.exec(plain)
  if (v4?.[1]) return v4[1]
  const [head = ''] = plain.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  return `${[...groups, '0', '0', '0', '0'].slice(0, 4).join(':')}::/64`
}
