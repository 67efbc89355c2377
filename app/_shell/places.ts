import type { Role } from '#db/schema/account.ts'

/** `key` is a word of `shell.places`. */
export type Place = { href: string; key: string; roles: readonly Role[]; authority?: true }

const CELL: readonly Role[] = ['agent', 'lead', 'director', 'admin']

/** What stands in the bar, in this order, for whom. It only shows the way: each page checks who comes in. */
const PLACES: Place[] = [
  { href: '/my', key: 'my', roles: ['reporter'] },
  { href: '/sitreps', key: 'sitreps', roles: ['reporter'], authority: true },
  { href: '/cases', key: 'cases', roles: CELL },
  { href: '/cases/new?channel=phone', key: 'call', roles: CELL },
  { href: '/incidents', key: 'incidents', roles: CELL },
  { href: '/cell', key: 'cell', roles: CELL },
  { href: '/drills', key: 'drills', roles: CELL },
  { href: '/admin', key: 'admin', roles: ['admin'] },
]

/** `authority`: one that sees a territory, and so is told of incidents. */
export function placesOf(role: Role, authority = false): Place[] {
  return PLACES.filter((place) => place.roles.includes(role) && (authority || !place.authority))
}

/** The place one is in: the longest address that begins the path. */
export function placeAt(pathname: string, hrefs: readonly string[]): string | null {
  const inside = hrefs.filter((href) => {
    const [path = ''] = href.split('?')
    return pathname === path || pathname.startsWith(`${path}/`)
  })
  return inside.sort((a, b) => b.length - a.length)[0] ?? null
}
