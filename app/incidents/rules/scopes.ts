import { DEPARTEMENTS } from '#db/reference/territories.ts'
import type { Voice } from './heard.ts'

/** What a coincidence may have in common. Each kind keeps its own account of how often chance makes one. */
export const SCOPE_KINDS = [
  'country',
  'area',
  'zone',
  'number',
  'operator',
  'network',
  'technology',
  'tested',
  'overseas',
  'basin',
  'outside',
] as const
export type ScopeKind = (typeof SCOPE_KINDS)[number]

/** `name`: the code of the area, the number, the operator… as said in the sentence. */
export type Scope = { kind: ScopeKind; key: string; name: string }

/** Overseas départements and collectivities: one network, often one cable, and neighbours by the plane. */
const OVERSEAS = /^(?:97[1-8]|98[4-9])$/

const IN_ZONE = new Map<string, number>()
for (const { zoneCode } of DEPARTEMENTS) if (zoneCode) IN_ZONE.set(zoneCode, (IN_ZONE.get(zoneCode) ?? 0) + 1)

export const COUNTRY_SCOPE: Scope = { kind: 'country', key: 'country:*', name: '*' }
/** Where somebody tried and counted: fewer say so, and it says more. */
const TESTED_SCOPE: Scope = { kind: 'tested', key: 'tested:*', name: '*' }
const OUTSIDE_SCOPE: Scope = { kind: 'outside', key: 'outside:*', name: '*' }

const scope = (kind: ScopeKind, name: string): Scope => ({ kind, key: `${kind}:${name}`, name })

/**
 * A bad day lies over a zone, a failure in a region: each keeps its account. Overseas a cable is often shared by the territories of
 * one zone, and one fault told twice lies in one of them: two at once are much rarer than two rooms of one.
 */
function areaKind(code: string, overseas: boolean): ScopeKind {
  if (overseas) return 'basin'
  return code.startsWith('Z') ? 'zone' : 'area'
}

/** Every scope the voice counts in. */
export function scopesOf(voice: Omit<Voice, 'scopes'>): Scope[] {
  const { place } = voice
  const wide = place.kind === 'region' || place.kind === 'zone' ? [place.code] : []
  const overseas = OVERSEAS.test(place.code)
  // The country is the last parent and has its own scope; a region overseas is its only territory.
  const areas = [...wide, ...place.parents].filter(
    (code) => /^[RZ]/.test(code) && !(overseas && code.startsWith('R')),
  )
  return [
    COUNTRY_SCOPE,
    ...areas.map((code) => scope(areaKind(code, overseas), code)),
    ...voice.numbers.map((number) => scope('number', number)),
    ...voice.operators.map((operator) => scope('operator', operator)),
    // One network loses emergency calls while its customers call everyone else: the rarest thing said of a network.
    ...(voice.passes ? voice.operators.map((operator) => scope('network', operator)) : []),
    ...(voice.access ? [scope('technology', voice.access)] : []),
    ...(voice.tested ? [TESTED_SCOPE] : []),
    ...(overseas ? [scope('overseas', place.code)] : []),
    ...(voice.outside ? [OUTSIDE_SCOPE] : []),
  ]
}

/** How many territories a scope overseas holds, by its code. */
export function territoriesIn(code: string): number {
  return IN_ZONE.get(code) ?? 1
}
