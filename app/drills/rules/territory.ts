import type { Place, PlaceKind } from '#app/incidents/rules/facts.ts'

/**
 * How drills name French regions and defence zones, and the application's own codes (db/reference/territories.ts). A region's
 * INSEE number alone would be taken for a département's.
 */
const REGIONS: [code: string, drill: string, name: string][] = [
  ['R84', 'ARA', 'auvergne rhone alpes'],
  ['R27', 'BFC', 'bourgogne franche comte'],
  ['R53', 'BRE', 'bretagne'],
  ['R24', 'CVL', 'centre val de loire'],
  ['R94', 'COR', 'corse'],
  ['R44', 'GES', 'grand est'],
  ['R32', 'HDF', 'hauts de france'],
  ['R11', 'IDF', 'ile de france'],
  ['R28', 'NOR', 'normandie'],
  ['R75', 'NAQ', 'nouvelle aquitaine'],
  ['R76', 'OCC', 'occitanie'],
  ['R52', 'PDL', 'pays de la loire'],
  ['R93', 'PAC', 'provence alpes cote d azur'],
]
const ZONES: [code: string, drill: string, name: string][] = [
  ['Z-PARIS', 'ZP', 'paris'],
  ['Z-NORD', 'ZN', 'nord'],
  ['Z-OUEST', 'ZO', 'ouest'],
  ['Z-SUD-OUEST', 'ZSO', 'sud ouest'],
  ['Z-SUD', 'ZS', 'sud'],
  ['Z-SUD-EST', 'ZSE', 'sud est'],
  ['Z-EST', 'ZE', 'est'],
]

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
  const nation = countryCode(country)
  const upper = territory.code.trim().toUpperCase()
  if (countryCode(upper) === nation || upper === '*' || COUNTRY_NAMES.test(territory.name)) {
    return { code: nation, kind: 'country', parents: [] }
  }
  const french = nation === 'FR' ? frenchPlace(upper, plain(territory.name)) : null
  const code = french?.code ?? upper
  const found = nation === 'FR' ? known(code) : null
  return found ?? { code, kind: french?.kind ?? 'departement', parents: [nation] }
}

function frenchPlace(code: string, name: string): { code: string; kind: PlaceKind } | null {
  if (DEPARTEMENT.test(code)) return null
  const region = REGIONS.find((one) => one[0] === code || one[1] === code || one[2] === name)
  if (region || code === 'PACA') return { code: region?.[0] ?? 'R93', kind: 'region' }
  const zoneName = name.match(/^zone (?:de defense (?:et de securite )?)?(.+)$/)?.[1]
  const zone = ZONES.find((one) => one[0] === code || one[1] === code || one[2] === zoneName)
  if (zone) return { code: zone[0], kind: 'zone' }
  return zoneName || code.startsWith('Z-') ? { code, kind: 'zone' } : null
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
