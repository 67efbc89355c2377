import { ORGANISATION_KINDS, type OrganisationKind } from '#db/schema/directory.ts'

/**
 * The file of an import: one line an organisation, a post, a contact or a site, told apart by its first column. Headers and
 * words are read in French and in English, with or without accents: whoever exports from a spreadsheet writes as he speaks.
 */
export const COLUMNS = [
  'type',
  'organisation',
  'kind',
  'territory',
  'sees',
  'post',
  'person',
  'phone',
  'email',
  'callBack',
  'site',
  'commune',
  'access',
  'operator',
  'numbers',
  'active',
  'id',
] as const
export type ImportColumn = (typeof COLUMNS)[number]

/** As they stand in the example to download. */
export const FRENCH_HEADERS: Record<ImportColumn, string> = {
  type: 'type',
  organisation: 'organisation',
  kind: 'categorie',
  territory: 'territoire',
  sees: 'voit',
  post: 'poste',
  person: 'personne',
  phone: 'telephone',
  email: 'courriel',
  callBack: 'contre_appel',
  site: 'site',
  commune: 'commune',
  access: 'acces',
  operator: 'operateur',
  numbers: 'numeros',
  active: 'actif',
  id: 'identifiant',
}

const OTHER_HEADERS: Record<string, ImportColumn> = {
  nom: 'person',
  contact: 'person',
  fiche: 'id',
  mail: 'email',
  'e mail': 'email',
  callback: 'callBack',
  'call back': 'callBack',
  numero: 'numbers',
}

/** Which column a header names; null when none. */
export function columnOf(header: string): ImportColumn | null {
  const folded = fold(header)
  const named = COLUMNS.find((column) => fold(column) === folded || fold(FRENCH_HEADERS[column]) === folded)
  return named ?? (Object.hasOwn(OTHER_HEADERS, folded) ? (OTHER_HEADERS[folded] ?? null) : null)
}

export type LineKind = 'organisation' | 'post' | 'contact' | 'site'

export function lineKindOf(text: string): LineKind | null {
  const folded = fold(text)
  return Object.hasOwn(KINDS, folded) ? (KINDS[folded] ?? null) : null
}

const KINDS: Record<string, LineKind> = {
  organisation: 'organisation',
  organisme: 'organisation',
  post: 'post',
  poste: 'post',
  contact: 'contact',
  personne: 'contact',
  person: 'contact',
  site: 'site',
}

/** The category a word names: its code, or what a French speaker writes. */
export function organisationKindOf(text: string): OrganisationKind | null {
  const folded = fold(text)
  return (
    ORGANISATION_KINDS.find((kind) => fold(kind) === folded) ??
    (Object.hasOwn(FRENCH_KINDS, folded) ? (FRENCH_KINDS[folded] ?? null) : null)
  )
}

const FRENCH_KINDS: Record<string, OrganisationKind> = {
  bspp: 'bspp_bmpm',
  bmpm: 'bspp_bmpm',
  hopital: 'hospital',
  chu: 'hospital',
  'prefecture de police': 'prefecture_police',
  ministere: 'ministry',
  operateur: 'operator',
  cellule: 'cell',
  autre: 'other',
}

/** Yes or no; undefined when nothing is written, null when it is neither. */
export function yesOrNo(text: string): boolean | undefined | null {
  const folded = fold(text)
  if (folded === '') return undefined
  if (['oui', 'o', 'yes', 'y', 'true', 'vrai', '1', 'x'].includes(folded)) return true
  if (['non', 'n', 'no', 'false', 'faux', '0'].includes(folded)) return false
  return null
}

export function accessOf(text: string): 'rtc' | 'sip' | 'mixed' | 'unknown' | null {
  const folded = fold(text)
  if (['', 'inconnu', 'unknown'].includes(folded)) return 'unknown'
  if (['rtc', 't0', 't2', 't0 t2', 'pstn'].includes(folded)) return 'rtc'
  if (['sip', 'ip', 'trunk sip'].includes(folded)) return 'sip'
  if (['mixte', 'mixed'].includes(folded)) return 'mixed'
  return null
}

/** Several codes or numbers in one cell: “15 112”, “15, 112”, “15|112”. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;|/+]+/).filter(Boolean))]
}

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[_\-./]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The example, in the order a person would write it. */
export const EXAMPLE: Partial<Record<ImportColumn, string>>[] = [
  { type: 'organisation', organisation: 'SAMU 59 – Exemple', kind: 'samu', territory: '59' },
  {
    type: 'organisation',
    organisation: 'Préfecture d’exemple',
    kind: 'prefecture',
    territory: '59',
    sees: '59',
  },
  { type: 'poste', organisation: 'SAMU 59 – Exemple', post: 'CRRA 15' },
  {
    type: 'contact',
    organisation: 'SAMU 59 – Exemple',
    post: 'CRRA 15',
    person: 'Camille Exemple',
    phone: '06 39 98 00 15',
    email: 'camille.exemple@samu.example',
    callBack: 'oui',
  },
  {
    type: 'site',
    organisation: 'SAMU 59 – Exemple',
    site: 'Centre 15 de Lille',
    territory: '59',
    commune: '59350',
    access: 'mixte',
    operator: 'Télécom Exemple',
    numbers: '15 112',
  },
]

export function exampleFile(): string {
  const lines = [
    COLUMNS.map((column) => FRENCH_HEADERS[column]),
    ...EXAMPLE.map((row) => COLUMNS.map((column) => row[column] ?? '')),
  ]
  // With the mark of its encoding: a spreadsheet then reads the accents right.
  return `\uFEFF${lines.map((line) => line.join(';')).join('\r\n')}\r\n`
}
