import { type Heard, type SmppLink, smppLink } from './smpp-link.ts'

type Route = Parameters<typeof smppLink>[0]
type Hear = (heard: Heard & { route: string }) => Promise<void>

/** The links that this process holds open, by the place of their route; one whose settings changed is closed and made anew. */
const held = new Map<string, { as: string; link: SmppLink }>()
let hear: Hear = async () => {
  throw new Error('nobody listens in this process')
}

/** Who is told what far sides say of themselves: the worker, which alone opens links. */
export function listen(with_: Hear): void {
  hear = with_
}

export function linkOf(place: string, route: Route): SmppLink {
  const as = JSON.stringify(route)
  const known = held.get(place)
  if (known?.as === as) return known.link
  void known?.link.close()
  const link = smppLink(route, (heard) => hear({ ...heard, route: place }))
  held.set(place, { as, link })
  return link
}

/** A route that was taken out of the settings is bound no longer. */
export function keepOnly(places: readonly string[]): void {
  for (const [place, { link }] of held) {
    if (places.includes(place)) continue
    held.delete(place)
    void link.close()
  }
}

/** Politely: a message centre may refuse the next bind while it believes in this one. */
export async function closeLinks(): Promise<void> {
  const all = [...held.values()]
  held.clear()
  await Promise.all(all.map(({ link }) => link.close()))
}
