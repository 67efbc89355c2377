/**
 * The caller's address, or null when it cannot be believed. Any client can write X-Forwarded-For: it counts only
 * with the setting TRUST_PROXY, the number of proxies of one's own in front ("1" for most); each adds one entry at
 * the right, so the first entry we did not write ourselves is the one that many places from the right.
 */
export function addressOf(headers: Headers, trust = process.env.TRUST_PROXY): string | null {
  const proxies = trust === 'true' ? 1 : Number(trust ?? 0)
  if (!Number.isInteger(proxies) || proxies < 1) return null
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  const address = chain.at(-proxies)
  return address ? network(address) : null
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
