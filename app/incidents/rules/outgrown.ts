/** When a proposal was taken to be explained by a cause outside the network: how wide it was. */
export type Watched = { places: number; years: number }

/** Half as many places again, and three at least: a storm moves; what grows like that has another cause beside it. */
const WIDER = { factor: 1.5, least: 3 }

/** Has it outgrown the cause that was named? Then it is asked again. */
export function outgrows(then: Watched, now: Pick<Watched, 'places'>): boolean {
  return now.places >= Math.max(then.places * WIDER.factor, then.places + WIDER.least)
}
