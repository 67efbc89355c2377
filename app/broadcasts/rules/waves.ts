import type { Wave } from '#db/schema/broadcast.ts'

/** Telephones of each network that are written to first, and looked at by who holds them. */
export const PILOTS_EACH = 10
/** One in a hundred shows a wrong text to few, one in ten a network that refuses it, and both while it can still be stopped. */
const SHARES: [Wave, number][] = [
  ['one', 0.01],
  ['ten', 0.1],
]

export type Pilot = { phone: string; network: string; holder: string }

/** Ten of each network; or the network that has too few. */
export function pilotsOf(
  known: readonly Pilot[],
): { pilots: Pilot[]; short: null } | { pilots: []; short: { network: string; count: number } } {
  const networks = [...new Set(known.map((one) => one.network))].sort()
  const short = networks.find((network) => of(known, network).length < PILOTS_EACH)
  if (short !== undefined) return { pilots: [], short: { network: short, count: of(known, short).length } }
  if (networks.length === 0) return { pilots: [], short: { network: '–', count: 0 } }
  return { pilots: networks.flatMap((network) => of(known, network).slice(0, PILOTS_EACH)), short: null }
}

function of(known: readonly Pilot[], network: string): Pilot[] {
  return known.filter((one) => one.network === network)
}

/**
 * Which wave each telephone is in. Not in the order of the list, where one network or one town stands together: in an order
 * that its number alone decides.
 */
export function wavesOf<N extends { phone: string }>(people: readonly N[]): (N & { wave: Wave })[] {
  const mixed = [...people].sort((a, b) => spread(a.phone) - spread(b.phone) || (a.phone < b.phone ? -1 : 1))
  const ends = SHARES.map(([wave, share]) => [wave, Math.ceil(mixed.length * share)] as const)
  return mixed.map((one, at) => ({ ...one, wave: ends.find(([, end]) => at < end)?.[0] ?? 'all' }))
}

/** FNV-1a, 32 bits: neighbours are far from each other. */
function spread(phone: string): number {
  let hash = 0x811c9dc5
  for (const sign of phone) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193)
  return hash >>> 0
}

export function nextWave(wave: Wave): Wave | null {
  return ({ pilot: 'one', one: 'ten', ten: 'all', all: null } as const)[wave]
}
