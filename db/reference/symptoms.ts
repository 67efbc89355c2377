/** Symptom codes of DOMAIN §3 and their families. The words a duty officer says are in messages `symptoms`. */
export const SYMPTOM_FAMILY = {
  NO_RING: 'routing',
  FAST_BUSY: 'routing',
  MSG_UNALLOCATED: 'routing',
  MSG_CONGESTION: 'routing',
  MISROUTED: 'routing',
  INTERMITTENT: 'routing',
  INBOUND_DROP: 'routing',
  LONG_SETUP: 'routing',
  DROP_ON_ANSWER: 'routing',
  DROP_TIMED: 'routing',
  DROP_MIDCALL: 'routing',
  OUTBOUND_FAIL: 'routing',
  LONG_NUMBERS_ALSO: 'routing',
  RING_NO_ANSWER: 'routing',
  ONE_WAY_AUDIO: 'media',
  NO_AUDIO: 'media',
  POOR_AUDIO: 'media',
  NO_CLI: 'data',
  NO_LOCATION: 'data',
  SITE_ALL_DOWN: 'site',
  USER_BUSY: 'load',
  GHOST_CALLS: 'load',
  TRANSFER_FAIL: 'special',
  TEXT_RELAY_FAIL: 'special',
  NO_COVERAGE: 'special',
  SOS_112_FAIL: 'special',
  FALLBACK_FAIL: 'special',
  UNKNOWN: 'none',
  NONE: 'none',
} as const

export type Symptom = keyof typeof SYMPTOM_FAMILY
export type SymptomFamily = (typeof SYMPTOM_FAMILY)[Symptom]

export const SYMPTOMS = Object.keys(SYMPTOM_FAMILY) as Symptom[]

export function isSymptom(code: string): code is Symptom {
  return Object.hasOwn(SYMPTOM_FAMILY, code)
}

/** The family of a code; an unknown code is 'none': it triggers nothing. */
export function familyOf(code: string): SymptomFamily {
  return isSymptom(code) ? SYMPTOM_FAMILY[code] : 'none'
}
