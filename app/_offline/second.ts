/** The same service at an address of another network, as SECOND_ADDRESS names it; null without one, or one that is no origin. */
export function secondAddress(set = process.env.SECOND_ADDRESS): string | null {
  const url = set ? URL.parse(set) : null
  if (!url || !(url.protocol === 'https:' || url.hostname === 'localhost')) return null
  return url.origin
}
