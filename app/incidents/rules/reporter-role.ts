/**
 * What a reporter is, for the trigger rules. The French directory has closed kinds; a drill from abroad brings its own
 * words ('psap', 'ambulance_service', 'regulator'…). An unknown kind is 'other': it counts like a centre, because
 * to discard a stakeholder for a word nobody foresaw would be worse than to count one too many.
 */
export type ReporterRole =
  | 'centre'
  | 'hospital'
  | 'mairie'
  | 'authority'
  | 'operator'
  | 'public'
  | 'media'
  | 'other'

/** First match wins: a '911_call_center' of a 'city' is a centre, a 'media_regulator' an authority. */
const WORDS: [ReporterRole, string][] = [
  [
    'authority',
    'prefecture ministry minister government regulator regulatory authority authorities coz emiz ars',
  ],
  [
    'authority',
    'cogic corruss cced anssi federation federal commission ofcom acma fcc arcep bundesnetzagentur',
  ],
  ['media', 'media press journalist journalism newspaper broadcaster newsroom radio tv'],
  [
    'centre',
    'samu sdis bspp bmpm cetra police cic gendarmerie corg cnr114 siao cross sheriff fire ambulance',
  ],
  ['centre', 'rescue psap ecc dispatch coastguard leitstelle meldkamer safety 911 000 999 112 110 ems trust'],
  ['operator', 'operator carrier telco ocen mvno isp noc'],
  [
    'public',
    'public citizen customer consumer subscriber resident individual particulier bystander witness family',
  ],
  ['hospital', 'hospital clinic hospitals aged care'],
  ['mairie', 'mairie municipality town council commune gemeente gemeinde mayor'],
]

/** Words that say nothing of who speaks: "member of the public", "local radio", "mobile customer". */
const NEUTRAL =
  'member of the general a an local national regional mobile fixed home residential domestic caller private service user desk station channel'
/** Who answers the operator's customers speaks for several of them; it knew first in Australia in 2025. */
const ANSWERS_CUSTOMERS =
  /(?:customer|client|subscriber|consumer)s?_(?:care|service|services|support|relations|desk|contact|help|hotline)|(?:service|relation|relations)_clients?$|call_?cent(?:er|re)_(?:agent|operator)/

/**
 * An open vocabulary: a word of the public or of the press excludes only when nothing else is said ("family doctor",
 * "customer care", "radio room" are not the public nor the press).
 */
export function roleOf(kind: string): ReporterRole {
  const words = kind
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
  if (ANSWERS_CUSTOMERS.test(words.join('_'))) return 'operator'
  for (const [role, list] of WORDS) {
    const known = list.split(' ')
    if (!words.some((word) => known.includes(word))) continue
    const only = words.every((word) => known.includes(word) || NEUTRAL.split(' ').includes(word))
    if ((role === 'public' || role === 'media') && !only) continue
    return role
  }
  return 'other'
}
