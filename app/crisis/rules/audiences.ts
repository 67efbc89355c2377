import type { OrganisationKind } from '#db/schema/directory.ts'

/** Those who answer the numbers: they hear what to do in the room. */
export const SERVICE_KINDS: readonly OrganisationKind[] = [
  ...(['samu', 'sdis', 'bspp_bmpm', 'cetra', 'police', 'gendarmerie', 'cnr114', 'siao115', 'cross'] as const),
]
const FIGURES: readonly OrganisationKind[] = ['cogic', 'corruss', 'cced', 'anssi', 'ministry']

/** Which words each reads beside the common text: what happens there, what to do in the room, figures and the delay. */
export const AUDIENCES = ['operational', 'room', 'figures'] as const
export type Audience = (typeof AUDIENCES)[number]

export function audienceOf(kind: OrganisationKind): Audience {
  if (SERVICE_KINDS.includes(kind)) return 'room'
  return FIGURES.includes(kind) ? 'figures' : 'operational'
}

/**
 * What a notice says by its hour: at thirty minutes how to reach us and all that helps whoever answers calls; at two hours the
 * nature, the best-known cause, the places and the estimate (47 CFR 4.9(h), which has no French counterpart yet).
 */
export const FIRST_WORD_MIN = 30
export const FOLLOW_UP_MIN = 120

export type Said = {
  text?: string | undefined
  contact?: string | undefined
  instruction?: string | undefined
  fallback?: string | undefined
  cause?: string | undefined
  estimate?: string | undefined
  places: number
}
export const OWED_FIELDS = ['text', 'contact', 'places', 'room', 'cause', 'estimate'] as const
export type OwedField = (typeof OWED_FIELDS)[number]

/** What is owed by now and not said. `estimate`: an hour, or the hour of the next report in words. */
export function fieldsLacking(said: Said, minutes: number): OwedField[] {
  const blank = (text: string | undefined) => !text?.trim()
  const first: OwedField[] = [
    ...(blank(said.text) ? (['text'] as const) : []),
    ...(blank(said.contact) ? (['contact'] as const) : []),
    ...(said.places === 0 ? (['places'] as const) : []),
    ...(blank(said.instruction) && blank(said.fallback) ? (['room'] as const) : []),
  ]
  if (minutes < FOLLOW_UP_MIN - FIRST_WORD_MIN) return first
  return [
    ...first,
    ...(blank(said.cause) ? (['cause'] as const) : []),
    ...(blank(said.estimate) ? (['estimate'] as const) : []),
  ]
}
