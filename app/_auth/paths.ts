export function signInPath(next: string | null): string {
  return withNext('/sign-in', next)
}

/** Where a second way to sign in is set up, before anything else. */
export function setUpPath(next: string | null): string {
  return withNext('/sign-in/set-up', next)
}

/** An address of a sign-in that goes on, when it is done, to where one wanted to go. */
export function withNext(path: string, next: string | null): string {
  const safe = safePath(next)
  return safe ? `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(safe)}` : path
}

/** A path of this site to go back to, or null: never another host, never the sign-in page or a machine's door. */
export function safePath(next: unknown): string | null {
  if (typeof next !== 'string' || next.length > 1000 || !next.startsWith('/')) return null
  // Browsers drop tabs and line ends, and read a backslash as a slash: '/\t/host' would leave the site.
  if (hasTrickCharacter(next)) return null
  const url = URL.parse(next, ORIGIN)
  if (!url || url.origin !== ORIGIN) return null
  const path = url.pathname + url.search
  if (path.startsWith('//') || path === '/' || /^\/(sign-in(\?|$)|(api|tmf-api|_next)([/?]|$))/.test(path))
    return null
  return path
}

const ORIGIN = 'http://here.invalid'

function hasTrickCharacter(text: string): boolean {
  for (const character of text)
    if (character <= ' ' || character === '\\' || character === '\x7f') return true
  return false
}
