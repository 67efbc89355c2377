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
  ['public', 'citizen customer consumer subscriber resident individual particulier bystander witness family'],
  ['hospital', 'hospital clinic hospitals aged care'],
  ['mairie', 'mairie municipality town council commune gemeente gemeinde mayor'],
]

const PUBLIC_PHRASES = ['public', 'general_public', 'member_of_public', 'member_of_the_public']
/** A company that is a customer speaks for many lines: a stakeholder, not a member of the public. */
const ORGANISED = ['enterprise', 'business', 'wholesale', 'corporate']

export function roleOf(kind: string): ReporterRole {
  const plain = kind.toLowerCase().replace(/[\s-]+/g, '_')
  if (PUBLIC_PHRASES.includes(plain)) return 'public'
  const words = plain.split('_')
  for (const [role, list] of WORDS) {
    if (!words.some((word) => list.split(' ').includes(word))) continue
    return role === 'public' && words.some((word) => ORGANISED.includes(word)) ? 'other' : role
  }
  return 'other'
}
