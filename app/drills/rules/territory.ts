import type { Place, PlaceKind } from '#app/incidents/rules/facts.ts'

/** How drills name French regions and defence zones; a region's INSEE number would be taken for a département's. */
const REGIONS: Record<string, string> = {
  ara: 'auvergne rhone alpes',
  bfc: 'bourgogne franche comte',
  bre: 'bretagne',
  cvl: 'centre val de loire',
  cor: 'corse',
  ges: 'grand est',
  hdf: 'hauts de france',
  idf: 'ile de france',
  nor: 'normandie',
  naq: 'nouvelle aquitaine',
  occ: 'occitanie',
  pdl: 'pays de la loire',
  pac: 'provence alpes cote d azur',
  paca: 'provence alpes cote d azur',
}
const ZONES = ['zo', 'zn', 'ze', 'zs', 'zp', 'zse', 'zso', 'zne']

const DEPARTEMENT = /^(?:\d{2}|2[AB]|97[1-8]|98[6-9])$/i
const COUNTRY_NAMES =
  /\b(?:france enti[èe]re|nationwide|national|whole (?:country|of)|all (?:of )?the country|countrywide)\b/i
/** Two codes for one country. */
const SAME_COUNTRY: Record<string, string> = { UK: 'GB', GB: 'GB', EN: 'GB' }

/** The same lookup the application uses for its table of territories; null when it does not know the code. */
export type KnownPlace = (code: string) => Place | null

/** Where a drill's territory lies. From abroad any code is a territory of its own; only the country itself is wide. */
export function placeOf(
  territory: { code: string; name: string },
  country: string,
  known: KnownPlace = () => null,
): Place {
  const code = territory.code.trim()
  const nation = countryCode(country)
  const upper = code.toUpperCase()
  if (nation === 'FR') {
    const found = known(upper)
    if (found) return found
  }
  const kind = kindOf(upper, territory.name, nation)
  return kind === 'country' ? { code: nation, kind, parents: [] } : { code: upper, kind, parents: [nation] }
}

function kindOf(code: string, name: string, nation: string): PlaceKind {
  if (countryCode(code) === nation || code === '*' || COUNTRY_NAMES.test(name)) return 'country'
  if (nation !== 'FR' || DEPARTEMENT.test(code)) return 'departement'
  if (ZONES.includes(code.toLowerCase()) || /^zone\b/i.test(name)) return 'zone'
  if (code.toLowerCase() in REGIONS || Object.values(REGIONS).includes(plain(name))) return 'region'
  return 'departement'
}

function countryCode(code: string): string {
  const upper = code.toUpperCase()
  return SAME_COUNTRY[upper] ?? upper
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]+/gi, ' ')
    .trim()
    .toLowerCase()
}
