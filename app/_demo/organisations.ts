import departements from '@etalab/decoupage-administratif/data/departements.json' with { type: 'json' }
import regions from '@etalab/decoupage-administratif/data/regions.json' with { type: 'json' }
import { DEPARTEMENTS, type Territory, ZONES } from '#db/reference/territories.ts'
import type { OrganisationKind, SiteAccess } from '#db/schema/directory.ts'

export type DemoSite = { name: string; access: SiteAccess; operator: string; numbers: string[] }
export type DemoOrganisation = {
  kind: OrganisationKind
  name: string
  territory: string
  /** Territories whose cases it sees as an authority. */
  sees: string[]
  posts: string[]
  site: DemoSite | null
}

/** Operators of the demonstration: none exists. */
export const OPERATORS = ['Télécom Exemple', 'Réseau Modèle', 'Mobile Témoin', 'Fibre Fictive'] as const

/** Paris and the three départements around it: one fire brigade for all four (BSPP), and no gendarmerie centre. */
export const BSPP_TERRITORIES = ['75', '92', '93', '94']
/** Nobody lives there all the year: an administration, no centre. */
export const UNINHABITED = ['984', '989']

const CROSS: [string, string][] = [
  ['Gris-Nez', '62'],
  ['Jobourg', '50'],
  ['Corsen', '29'],
  ['Étel', '56'],
  ['La Garde', '83'],
  ['Antilles-Guyane', '972'],
  ['Sud océan Indien', '974'],
]
const ARS_REGIONS = ['11', '24', '27', '28', '32', '44', '52', '53', '75', '76', '84', '93', '94']
const ARS_OVERSEAS: Record<string, string[]> = {
  '01': ['R01', '977', '978'],
  '02': ['R02'],
  '03': ['R03'],
  '04': ['R04'],
  '06': ['R06'],
}

/** Every organisation of the demonstration, from the official list of départements. */
export function demoOrganisations(): DemoOrganisation[] {
  return [...DEPARTEMENTS.flatMap(ofDepartement), ...ofRegions(), ...ofZones(), ...ofTheSea(), ...national()]
}

function ofDepartement(place: Territory, rank: number): DemoOrganisation[] {
  const { code, name } = place
  const of = withArticle(departements.find((one) => one.code === code)?.typeLiaison, name)
  const prefecture = organisation('prefecture', prefectureName(code, of), code, ['SIDPC', 'Cabinet'], null, [
    code,
  ])
  if (UNINHABITED.includes(code)) return [prefecture]
  const site = (numbers: string[], offset: number) => centreSite(numbers, rank + offset)
  const all = [
    prefecture,
    organisation('samu', `SAMU ${code} – ${name}`, code, ['CRRA 15'], site(['15'], 0)),
    organisation('police', `CIC police ${of} (${code})`, code, ['Salle de commandement'], site(['17'], 2)),
    organisation('hospital', `Centre hospitalier ${of} (${code})`, code, ['Standard', 'Téléphonie'], null),
  ]
  if (BSPP_TERRITORIES.includes(code)) return all
  return [
    ...all,
    organisation('sdis', `SDIS ${code} – ${name}`, code, ['CTA-CODIS'], site(['18', '112'], 1)),
    organisation('gendarmerie', `CORG ${of} (${code})`, code, ['Salle du CORG'], site(['17'], 3)),
  ]
}

function ofRegions(): DemoOrganisation[] {
  const mainland = ARS_REGIONS.map((code) => [code, [`R${code}`]] as [string, string[]])
  return [...mainland, ...Object.entries(ARS_OVERSEAS)].map(([code, sees]) => {
    const region = regions.find((one) => one.code === code)
    const of = withArticle(region?.typeLiaison, region?.nom ?? code)
    return organisation('ars', `ARS ${of}`, `R${code}`, ['Point focal régional'], null, sees)
  })
}

function ofZones(): DemoOrganisation[] {
  return ZONES.map(({ code, name }) =>
    organisation('coz', `COZ – ${name}`, code, ['Officier de permanence'], null, [code]),
  )
}

function ofTheSea(): DemoOrganisation[] {
  return CROSS.map(([name, code], rank) =>
    organisation('cross', `CROSS ${name}`, code, ['Salle opérations'], centreSite(['196'], rank)),
  )
}

function national(): DemoOrganisation[] {
  const everything = (kind: OrganisationKind, name: string, post: string) =>
    organisation(kind, name, 'FR', [post], null, ['FR'])
  return [
    everything('cogic', 'COGIC', 'Salle'),
    everything('corruss', 'CORRUSS', 'Permanence'),
    everything('cced', 'CCED', 'Permanence'),
    organisation(
      'prefecture_police',
      'Préfecture de police (Paris)',
      '75',
      ['Centre opérationnel'],
      null,
      BSPP_TERRITORIES,
    ),
    organisation(
      'bspp_bmpm',
      'BSPP – Paris et petite couronne',
      '75',
      ['Centre opérationnel'],
      centreSite(['18', '112'], 1),
    ),
    organisation('bspp_bmpm', 'BMPM – Marseille', '13', ['COSSIM'], centreSite(['18', '112'], 2)),
    organisation('cnr114', 'CNR 114', '38', ['Salle de relais'], centreSite(['114'], 1)),
    organisation('operator', 'Mobile Témoin (opérateur tiers)', 'FR', ['Supervision'], null),
    organisation('operator', 'Fibre Fictive (opérateur tiers)', 'FR', ['Supervision'], null),
    organisation('cell', 'Cellule d’accueil', 'FR', ['Salle'], null),
  ]
}

function organisation(
  kind: OrganisationKind,
  name: string,
  territory: string,
  posts: string[],
  site: DemoSite | null,
  sees: string[] = [],
): DemoOrganisation {
  return { kind, name, territory, sees, posts, site }
}

// Half have left the switched network, as the migration goes; some stand with a foot on each side.
const ACCESS: SiteAccess[] = ['rtc', 'sip', 'mixed', 'sip', 'rtc', 'sip', 'unknown']

function centreSite(numbers: string[], rank: number): DemoSite {
  return {
    name: 'Site principal',
    access: ACCESS[rank % ACCESS.length] ?? 'unknown',
    operator: OPERATORS[rank % OPERATORS.length] ?? OPERATORS[0],
    numbers,
  }
}

/** "du Nord", "de l'Ain", "des Ardennes": the article is in the official list (type de liaison). */
function withArticle(liaison: number | undefined, name: string): string {
  const before: Record<number, string> = { 1: 'd’', 2: 'du ', 3: 'de la ', 4: 'des ', 5: 'de l’' }
  return `${before[liaison ?? 0] ?? 'de '}${name.replaceAll("'", '’')}`
}

function prefectureName(code: string, of: string): string {
  if (code === '977' || code === '978') return `Préfecture déléguée ${of}`
  if (code === '984') return 'Administration supérieure des Terres australes et antarctiques françaises'
  if (code === '986') return `Administration supérieure ${of}`
  if (code === '987') return 'Haut-commissariat de la République en Polynésie française'
  if (code === '988') return 'Haut-commissariat de la République en Nouvelle-Calédonie'
  if (code === '989') return 'Administration de l’île de Clipperton'
  return `Préfecture ${of}`
}
