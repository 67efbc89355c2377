/** The words a report and a closing may use; the messages `vocabulary` and `causes` say each of them. */
export const TECHNOLOGIES = ['copper', 'box', 'volte', '3g', '2g', 'trunk', 'satellite', 'unknown'] as const
export const SITE_ACCESS = ['rtc', 'sip', 'mixed', 'unknown'] as const
export const DIRECTIONS = ['into_centre', 'out_of_caller', 'out_of_centre'] as const

/** DOMAIN §3, causes at closing. */
export const CAUSES = [
  'operator_core',
  'interconnection',
  'routing_table',
  'access',
  'customer_site',
  'calling_operator',
  'radio',
  'location_platform',
  'third_party_transport',
  'power_climate',
  'saturation',
  'forgotten_reroute',
  'announced_works',
  'security_incident',
  'exercise',
  'not_reproduced',
  'no_fault',
] as const

/** What intake makes of a report. */
export const OUTCOMES = ['case', 'attached', 'redirected', 'unverified', 'all_clear'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The five slots of a public text (DOMAIN §9). */
export const SLOTS = ['who', 'fails', 'where', 'todo', 'until'] as const
export type Slot = (typeof SLOTS)[number]
export type Slots = Record<Slot, string>
