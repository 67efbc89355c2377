export type SymptomFamily = 'routing' | 'media' | 'data' | 'site' | 'load' | 'special' | 'none'

/** DOMAIN §3, in the order of the form. The words are in messages `symptoms`. */
export const SYMPTOMS = {
  NO_RING: 'routing',
  FAST_BUSY: 'routing',
  MSG_UNALLOCATED: 'routing',
  MSG_CONGESTION: 'routing',
  INTERMITTENT: 'routing',
  INBOUND_DROP: 'routing',
  MISROUTED: 'routing',
  RING_NO_ANSWER: 'routing',
  LONG_SETUP: 'routing',
  DROP_ON_ANSWER: 'routing',
  DROP_TIMED: 'routing',
  DROP_MIDCALL: 'routing',
  OUTBOUND_FAIL: 'routing',
  LONG_NUMBERS_ALSO: 'routing',
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
  // A failure whose form nobody could say is still a failure: it must not weigh like an all-clear.
  UNKNOWN: 'special',
  NONE: 'none',
} as const satisfies Record<string, SymptomFamily>

export type Symptom = keyof typeof SYMPTOMS
export const SYMPTOM_CODES = Object.keys(SYMPTOMS) as Symptom[]

export function isSymptom(code: string): code is Symptom {
  return Object.hasOwn(SYMPTOMS, code)
}

/** An unknown code explains nothing: treated as a failure of unknown form. */
export function familyOf(code: string): SymptomFamily {
  return isSymptom(code) ? SYMPTOMS[code] : 'special'
}
