/** Traffic Light Protocol 2.0 (FIRST, August 2022), from what may go anywhere to what goes nowhere. */
export const TLPS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'] as const
export type Tlp = (typeof TLPS)[number]

/** Who stands at the other end: anybody, a neighbour that pulls, a neighbour whom a person hands a file. */
export type Reader = 'public' | 'neighbour' | 'by_hand'

/**
 * What may leave to whom. Green is for a community: neighbours that we exchange with. Amber is for whoever needs to know: a
 * person judges it, file by file. Amber+strict stays in its organisation and red with those in the room: neither leaves.
 */
const LEAVES: Record<Tlp, readonly Reader[]> = {
  'TLP:CLEAR': ['public', 'neighbour', 'by_hand'],
  'TLP:GREEN': ['neighbour', 'by_hand'],
  'TLP:AMBER': ['by_hand'],
  'TLP:AMBER+STRICT': [],
  'TLP:RED': [],
}

export function mayLeave(tlp: Tlp, to: Reader): boolean {
  return LEAVES[tlp].includes(to)
}

/** What was received under a label is never passed on under a wider one: it is not passed on at all, its author does that. */
export function labelsFor(to: Reader): Tlp[] {
  return TLPS.filter((tlp) => mayLeave(tlp, to))
}
