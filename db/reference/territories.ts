/**
 * Territories of DOMAIN §2. Codes, said here once: a département or overseas collectivity has its official code
 * ('59', '2A', '974'); a region is 'R' + its INSEE code ('R11'); a defence zone is 'Z-' + its name ('Z-OUEST'); the
 * country is 'FR'.
 */
import departements from '@etalab/decoupage-administratif/data/departements.json' with { type: 'json' }
import regions from '@etalab/decoupage-administratif/data/regions.json' with { type: 'json' }

export type Territory = {
  code: string
  kind: 'country' | 'zone' | 'region' | 'departement'
  name: string
  regionCode: string | null
  zoneCode: string | null
  /** IANA. */
  timeZone: string
}

export const COUNTRY = 'FR'
const PARIS = 'Europe/Paris'

/**
 * Zone de défense et de sécurité: mainland by region (décret 2015-1625, code de la défense R. 1211-4), overseas by
 * collectivity (R. 1211-8). Saint-Pierre-et-Miquelon and Clipperton belong to none.
 */
export const ZONES: { code: string; name: string; regions: string[]; overseas: boolean }[] = [
  { code: 'Z-PARIS', name: 'Zone Paris', regions: ['11'], overseas: false },
  { code: 'Z-NORD', name: 'Zone Nord', regions: ['32'], overseas: false },
  { code: 'Z-OUEST', name: 'Zone Ouest', regions: ['24', '28', '52', '53'], overseas: false },
  { code: 'Z-SUD-OUEST', name: 'Zone Sud-Ouest', regions: ['75'], overseas: false },
  { code: 'Z-SUD', name: 'Zone Sud', regions: ['76', '93', '94'], overseas: false },
  { code: 'Z-SUD-EST', name: 'Zone Sud-Est', regions: ['84'], overseas: false },
  { code: 'Z-EST', name: 'Zone Est', regions: ['27', '44'], overseas: false },
  { code: 'Z-ANTILLES', name: 'Zone Antilles', regions: ['01', '02', '977', '978'], overseas: true },
  { code: 'Z-GUYANE', name: 'Zone Guyane', regions: ['03'], overseas: true },
  {
    code: 'Z-OCEAN-INDIEN',
    name: "Zone Sud de l'océan Indien",
    regions: ['04', '06', '984'],
    overseas: true,
  },
  { code: 'Z-NOUVELLE-CALEDONIE', name: 'Zone Nouvelle-Calédonie', regions: ['988', '986'], overseas: true },
  { code: 'Z-POLYNESIE', name: 'Zone Polynésie française', regions: ['987'], overseas: true },
]

const OVERSEAS_TIME: Record<string, string> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  // Kerguelen, where people winter; the other districts are an hour or more away
  '984': 'Indian/Kerguelen',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
  // no IANA name; the sign of Etc zones is reversed: eight hours behind UTC
  '989': 'Etc/GMT+8',
}

function zoneOf(region: string): string | null {
  return ZONES.find((zone) => zone.regions.includes(region))?.code ?? null
}

function seatTime(region: string): string {
  const seat = departements.find((one) => one.region === region)
  return OVERSEAS_TIME[seat?.code ?? ''] ?? PARIS
}

/** Country, 12 zones, 26 regions (overseas collectivities are their own) and 109 départements and collectivities. */
export const TERRITORIES: Territory[] = [
  {
    code: COUNTRY,
    kind: 'country',
    name: 'France entière',
    regionCode: null,
    zoneCode: null,
    timeZone: PARIS,
  },
  ...ZONES.map(
    (zone): Territory => ({
      code: zone.code,
      kind: 'zone',
      name: zone.name,
      regionCode: null,
      zoneCode: null,
      timeZone: seatTime(zone.regions[0] ?? ''),
    }),
  ),
  ...regions.map(
    ({ code, nom }): Territory => ({
      code: `R${code}`,
      kind: 'region',
      name: nom,
      regionCode: null,
      zoneCode: zoneOf(code),
      timeZone: seatTime(code),
    }),
  ),
  ...departements.map(
    ({ code, nom, region }): Territory => ({
      code,
      kind: 'departement',
      name: nom,
      regionCode: `R${region}`,
      zoneCode: zoneOf(region),
      timeZone: OVERSEAS_TIME[code] ?? PARIS,
    }),
  ),
]

const BY_CODE = new Map(TERRITORIES.map((one) => [one.code, one]))

export function isTerritory(code: string): boolean {
  return BY_CODE.has(code)
}

export function territoryName(code: string): string {
  return BY_CODE.get(code)?.name ?? code
}

/** The clock of a place; of Paris for one that is not known here. */
export function zoneOfTerritory(code: string): string {
  return BY_CODE.get(code)?.timeZone ?? PARIS
}

export const DEPARTEMENTS: Territory[] = TERRITORIES.filter((one) => one.kind === 'departement')
