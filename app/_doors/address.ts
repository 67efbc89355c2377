import { cleanText } from './text.ts'

/**
 * The address as our pages may read it: what is asked (`?q=…`) is cleaned as any other text. Null for an address that says
 * nothing: an escape that is none, or a NUL in it.
 */
export function readableAddress(url: string): string | null {
  if (!url.startsWith('/')) return null
  const [written = '', query] = cut(url, '?')
  // A client that ends every address with a slash means the same; the framework would send it elsewhere, and its body with it.
  const path = written.replace(/^(\/(?:tmf-)?api\/.*?)\/+$/, '$1')
  if (decoded(path)?.includes('\0') !== false) return null
  if (query === undefined) return path
  if (!query.includes('%')) return `${path}?${query}`
  const pairs = query.split('&').map((pair) => {
    const said = decoded(pair.replaceAll('+', ' '))
    if (said === null) return null
    const clean = cleanText(said)
    // What was clean stays as it was written.
    if (clean === said) return pair
    return cut(pair, '=')
      .map((part) => encodeURIComponent(cleanText(decoded(part.replaceAll('+', ' ')) ?? '')))
      .join('=')
  })
  return pairs.includes(null) ? null : `${path}?${pairs.join('&')}`
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function cut(text: string, at: string): string[] {
  const place = text.indexOf(at)
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)]
}

/** Names that an address gives more than once: to take one of their values would answer another question. */
export function askedTwice(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  const names = pairs.map(([name]) => name)
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))]
}
