import { type Capability, roleMay } from '#app/_auth/rules/roles.ts'
import type { Role } from '#db/schema/account.ts'

/** `key` is a word of `shell.places`. */
export type Place = { href: string; key: string; may: Capability; authority?: true; screen?: true }

/** What stands in the bar, in this order, for whom. It only shows the way: each page checks who comes in. */
const PLACES: Place[] = [
  { href: '/my', key: 'my', may: 'cases.follow' },
  { href: '/sitreps', key: 'sitreps', may: 'cases.follow', authority: true },
  { href: '/cases', key: 'cases', may: 'cases.watch' },
  { href: '/cases/new?channel=phone', key: 'call', may: 'cases.work' },
  { href: '/calls', key: 'calls', may: 'cases.work' },
  { href: '/incidents', key: 'incidents', may: 'cases.watch' },
  { href: '/instructions', key: 'instructions', may: 'instructions.read' },
  { href: '/cell', key: 'cell', may: 'cell.watch' },
  { href: '/supervision', key: 'supervision', may: 'cell.watch' },
  { href: '/wall', key: 'wall', may: 'cell.watch', screen: true },
  { href: '/migration', key: 'migration', may: 'migration.work' },
  { href: '/migration', key: 'migration', may: 'cases.follow', authority: true },
  { href: '/register', key: 'register', may: 'reviews.read' },
  { href: '/drills', key: 'drills', may: 'exercises.enter' },
  { href: '/admin', key: 'admin', may: 'directory.keep' },
]

/** `authority`: one that sees a territory, and so is told of incidents. A screen on the wall sends nothing. */
export function placesOf(role: Role, authority = false): Place[] {
  const screen = !roleMay(role, 'forms.send')
  return PLACES.filter(
    (place) => roleMay(role, place.may) && (authority || !place.authority) && (screen || !place.screen),
  )
}

/** So many stand on one line of 1 280 points, beside the product, a long name and counts of two figures; a menu of one would save nothing. */
export const MOST_IN_BAR = 6

/** What stands in the bar, and what is folded at its end. */
export function inBar<P>(places: P[]): [P[], P[]] {
  const most = places.length > MOST_IN_BAR + 1 ? MOST_IN_BAR : places.length
  return [places.slice(0, most), places.slice(most)]
}

/** The place one is in: the longest address that begins the path. */
export function placeAt(pathname: string, hrefs: readonly string[]): string | null {
  const inside = hrefs.filter((href) => {
    const [path = ''] = href.split('?')
    return pathname === path || pathname.startsWith(`${path}/`)
  })
  return inside.sort((a, b) => b.length - a.length)[0] ?? null
}
