import { liesIn } from '#app/incidents/rules/places.ts'

/** A fallback is tried from three networks (DOMAIN §7), and by no more: whoever answers it has emergencies to take. */
const NETWORKS = 3
/** So often by each, seconds: a loss is seen within the quarter of an hour in which proofs are fresh. [D] */
export const EVERY_S = 900

export type Probe = { id: number; operator: string; technology: string; territoryCode: string }

/** Which probes call a fallback of this place: one a network, those that stand in it first. */
export function probesOf<P extends Probe>(place: string, probes: readonly P[]): P[] {
  const near = [...probes].sort(
    (a, b) => Number(liesIn(b.territoryCode, place)) - Number(liesIn(a.territoryCode, place)) || a.id - b.id,
  )
  const networks = Map.groupBy(near, (one) => `${one.operator}|${one.technology}`)
  return [...networks.values()].flatMap(([first]) => first ?? []).slice(0, NETWORKS)
}

/** How runners name it among agreements, and back: those that stand outside already know no other kind of name. */
export function nameOf(fallbackId: number): number {
  return -fallbackId
}

/** `name`: as a machine says it. */
export function isFallback(name: unknown): boolean {
  return typeof name === 'number' && name < 0
}
