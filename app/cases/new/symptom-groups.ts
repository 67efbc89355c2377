import type { Symptom } from '#db/reference/symptoms.ts'

/** What is heard of most often when a number fails (DOMAIN §1): shown without unfolding anything. */
export const COMMON_SYMPTOMS = [
  'NO_RING',
  'FAST_BUSY',
  'MSG_UNALLOCATED',
  'MSG_CONGESTION',
  'INTERMITTENT',
  'INBOUND_DROP',
  'RING_NO_ANSWER',
  'UNKNOWN',
] as const satisfies Symptom[]

export type SymptomGroup = 'common' | 'routing' | 'cut' | 'sound' | 'data' | 'room' | 'other'

/** The others, by what one hears and not by what causes it. */
export const OTHER_SYMPTOMS: { group: SymptomGroup; codes: Symptom[] }[] = [
  { group: 'routing', codes: ['MISROUTED', 'LONG_SETUP', 'OUTBOUND_FAIL', 'LONG_NUMBERS_ALSO', 'USER_BUSY'] },
  { group: 'cut', codes: ['DROP_ON_ANSWER', 'DROP_TIMED', 'DROP_MIDCALL'] },
  { group: 'sound', codes: ['ONE_WAY_AUDIO', 'NO_AUDIO', 'POOR_AUDIO'] },
  { group: 'data', codes: ['NO_CLI', 'NO_LOCATION'] },
  { group: 'room', codes: ['SITE_ALL_DOWN', 'GHOST_CALLS', 'TRANSFER_FAIL', 'FALLBACK_FAIL'] },
  { group: 'other', codes: ['TEXT_RELAY_FAIL', 'NO_COVERAGE', 'SOS_112_FAIL', 'NONE'] },
]
