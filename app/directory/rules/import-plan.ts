import type { OrganisationKind, SiteAccess } from '#db/schema/directory.ts'
import {
  accessOf,
  FRENCH_HEADERS,
  type ImportColumn,
  type LineKind,
  lineKindOf,
  listOf,
  organisationKindOf,
  yesOrNo,
} from './import-format.ts'
import {
  candidatesText,
  type Held,
  type HeldOrganisation,
  type MatchFault,
  matchOrganisation,
  matchPart,
  type Shelf,
  shelfOf,
} from './import-match.ts'
import { nameKey } from './name-key.ts'
import { readPhone } from './phone.ts'

export type ImportLine = { line: number; cells: Partial<Record<ImportColumn, string>>; extra?: boolean }
export type ImportFault = { line: number; key: string; values?: Record<string, string | number> }

export type OrganisationRow = {
  kind: OrganisationKind
  territoryCode: string
  sees: string[]
  active: boolean
}
export type PostRow = { active: boolean }
export type ContactRow = {
  post: string | null
  phone: string | null
  email: string | null
  callBack: boolean
  active: boolean
}
export type SiteRow = {
  territoryCode: string
  communeCode: string | null
  access: SiteAccess
  operator: string | null
  numbers: string[]
  active: boolean
}

/** What the directory holds that the file may be about. */
export type Known = {
  organisations: (OrganisationRow & HeldOrganisation)[]
  posts: (PostRow & Held)[]
  contacts: (ContactRow & Held)[]
  sites: (SiteRow & Held)[]
  territories: ReadonlySet<string>
  communes: ReadonlySet<string>
  numbers: ReadonlySet<string>
}

type RowOf = { organisation: OrganisationRow; post: PostRow; contact: ContactRow; site: SiteRow }
export type Planned = {
  [K in LineKind]: {
    line: number
    kind: K
    /** Of the record to change; null when one is to be made. */
    id: number | null
    /** As the directory writes it, or the line that makes it. */
    organisation: string
    name: string
    row: RowOf[K]
    /** Empty: nothing to change. Null: to be made. */
    changes: string[] | null
  }
}[LineKind]

export type Plan = { planned: Planned[]; faults: ImportFault[] }

/** Inside an organisation, a post, a contact or a site is known by its name. */
export function keyIn(organisation: string, name: string): string {
  return `${organisation}\n${name}`
}

/**
 * What an import would do, line by line, and every line that cannot be done with its reason. A cell left blank in a line
 * about something known leaves it as it is; a new one takes the plain default.
 */
export function planImport(lines: ImportLine[], known: Known): Plan {
  const faults: ImportFault[] = []
  const planned: Planned[] = []
  const firstLine = new Map<string, number>()
  const shelves = {
    organisations: shelfOf(known.organisations),
    posts: shelvesOf(known.posts),
    contacts: shelvesOf(known.contacts),
    sites: shelvesOf(known.sites),
  }
  const context: Context = { ...known, ...shelves, of: organisationsOf(lines, known, shelves.organisations) }
  for (const one of lines) {
    const kind = lineKindOf(one.cells.type ?? '')
    const found: Omit<ImportFault, 'line'>[] = []
    const say = (reason: string, values?: ImportFault['values']) =>
      found.push({ key: `directory.import.fault.${reason}`, ...(values ? { values } : {}) })
    const name = one.cells.organisation ?? ''
    if (one.extra) say('too_many_cells')
    if (!kind) say('type', { found: (one.cells.type ?? '').slice(0, 60) })
    if (name === '') say('no_organisation')
    else if (name.length > 200) say('too_long', { column: 'organisation' })
    const of = context.of(name)
    if (kind && kind !== 'organisation' && name) {
      if (!of) say('unknown_organisation', { name })
      else if ('fault' in of) sayWhich(of.fault, name, say)
    }
    const plan = kind ? READERS[kind](one.cells, of && !('fault' in of) ? of : null, context, say) : null
    if (plan && kind) {
      const key = `${kind}\n${nameKey(plan.of)}\n${plan.id ?? nameKey(plan.name)}`
      const first = firstLine.get(key)
      if (first) say('twice', { line: first })
      else firstLine.set(key, one.line)
    }
    if (found.length > 0 || !plan) faults.push(...found.map((fault) => ({ line: one.line, ...fault })))
    else {
      const { of: organisation, ...rest } = plan
      planned.push({ ...rest, line: one.line, organisation } as Planned)
    }
  }
  return { planned, faults }
}

type Of = { name: string; id: number | null; territoryCode: string; posts: ReadonlySet<string> }
type Shelves<T> = (organisationId: number | null) => Shelf<T>
type Places = Pick<Known, 'territories' | 'communes' | 'numbers'>
type Context = Places & {
  organisations: Shelf<Known['organisations'][number]>
  posts: Shelves<Known['posts'][number]>
  contacts: Shelves<Known['contacts'][number]>
  sites: Shelves<Known['sites'][number]>
  of: (name: string) => Of | { fault: MatchFault } | null
}
type Say = (reason: string, values?: ImportFault['values']) => void
type Cells = ImportLine['cells']
type Read = {
  kind: LineKind
  id: number | null
  of: string
  name: string
  row: object
  changes: string[] | null
} | null

function sayWhich({ reason, candidates }: MatchFault, name: string, say: Say): void {
  say(reason, { name, candidates: candidatesText(candidates) })
}

const READERS: Record<LineKind, (cells: Cells, of: Of | null, known: Context, say: Say) => Read> = {
  organisation(cells, _, known, say) {
    const name = cells.organisation ?? ''
    const match = matchOrganisation(name, saidOf(cells), known.organisations)
    if ('fault' in match)
      sayWhich(match.fault, match.fault.reason === 'unknown_id' ? (cells.id ?? '') : name, say)
    const before = 'row' in match ? (match.row ?? undefined) : undefined
    const kind = cells.kind ? organisationKindOf(cells.kind) : before?.kind
    if (!kind) say('kind', { found: cells.kind ?? '' })
    const territoryCode = place(cells, before?.territoryCode, known, say)
    const sees = cells.sees ? listOf(cells.sees) : (before?.sees ?? [])
    for (const code of sees) if (!known.territories.has(code)) say('territory', { code })
    const row = { kind, territoryCode, sees, active: inUse(cells, before, say) }
    // Its number was given: the name of the file is its new name. Otherwise the directory's own way of writing it stays.
    const kept = before && !cells.id ? before.name : name
    return { ...judged('organisation', kept, row, before), of: kept }
  },
  post(cells, of, known, say) {
    const name = nameIn(cells, 'post', say)
    const before = part(name, cells, of, known.posts, say)
    return { ...judged('post', name, { active: inUse(cells, before, say) }, before), of: of?.name ?? '' }
  },
  contact(cells, of, known, say) {
    const name = nameIn(cells, 'person', say)
    const sits = (one: ContactRow) =>
      Boolean(cells.post) && nameKey(one.post ?? '') === nameKey(cells.post ?? '')
    const before = part(name, cells, of, known.contacts, say, sits)
    const post = cells.post || before?.post || null
    const chair = post ? [...(of?.posts ?? [])].find((one) => nameKey(one) === nameKey(post)) : undefined
    if (post && of && !chair) say('unknown_post', { name: post })
    const read = cells.phone ? readPhone(cells.phone, of?.territoryCode) : null
    if (read?.fault) say(`phone_${read.fault.why}`, read.fault.values)
    const phone = read ? (read.phone ?? null) : (before?.phone ?? null)
    const email = cells.email ? cells.email.toLowerCase() : (before?.email ?? null)
    if (cells.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cells.email))
      say('email', { found: cells.email.slice(0, 60) })
    const callBack = answer(cells, 'callBack', before?.callBack ?? false, say)
    if (callBack && !phone && !read?.fault) say('call_back_phone')
    const row = { post: chair ?? null, phone, email, callBack, active: inUse(cells, before, say) }
    return { ...judged('contact', name, row, before), of: of?.name ?? '' }
  },
  site(cells, of, known, say) {
    const name = nameIn(cells, 'site', say)
    const before = part(name, cells, of, known.sites, say)
    const territoryCode = place(cells, before?.territoryCode, known, say)
    const communeCode = cells.commune ? cells.commune.toUpperCase() : (before?.communeCode ?? null)
    if (cells.commune && communeCode && !known.communes.has(communeCode))
      say('commune', { code: communeCode })
    const access = cells.access ? accessOf(cells.access) : (before?.access ?? 'unknown')
    if (!access) say('access', { found: cells.access ?? '' })
    const numbers = cells.numbers ? listOf(cells.numbers) : (before?.numbers ?? [])
    for (const number of numbers) if (!known.numbers.has(number)) say('number', { number })
    const operator = cells.operator || before?.operator || null
    if (operator && operator.length > 120) say('too_long', { column: 'operateur' })
    const row = { territoryCode, communeCode, access, operator, numbers, active: inUse(cells, before, say) }
    return { ...judged('site', name, row, before), of: of?.name ?? '' }
  },
}

function shelvesOf<T extends Held>(rows: readonly T[]): Shelves<T> {
  const shelves = new Map(
    [...Map.groupBy(rows, ({ organisationId }) => organisationId)].map(([id, held]) => [id, shelfOf(held)]),
  )
  return (id) => shelves.get(id ?? 0) ?? shelfOf<T>([])
}

/** The post, person or site that a line is about; nothing when it is a new one, or when nobody can say which. */
function part<T extends Held>(
  name: string,
  cells: Cells,
  of: Of | null,
  held: Shelves<T>,
  say: Say,
  narrowed?: (one: T) => boolean,
): T | undefined {
  if (!of) return undefined
  const match = matchPart(name, cells.id ?? '', held(of.id), narrowed)
  if ('row' in match) return match.row ?? undefined
  sayWhich(match.fault, match.fault.reason === 'unknown_id' ? (cells.id ?? '') : name, say)
  return undefined
}

function judged(kind: LineKind, name: string, row: object, before: { id: number; name: string } | undefined) {
  if (!before) return { kind, id: null, name, row, changes: null }
  const changes = Object.entries({ ...row, ...(kind === 'organisation' ? { name } : {}) })
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]))
    .map(([key]) => key)
  // The directory's own way of writing the name stays.
  return { kind, id: before.id, name: kind === 'organisation' ? name : before.name, row, changes }
}

function nameIn(cells: Cells, column: 'post' | 'person' | 'site', say: Say): string {
  const name = cells[column] ?? ''
  if (name === '') say('no_name', { column: FRENCH_HEADERS[column] })
  if (name.length > 200) say('too_long', { column: FRENCH_HEADERS[column] })
  return name
}

function place(cells: Cells, before: string | undefined, known: Places, say: Say): string {
  const code = (cells.territory || before || '').toUpperCase()
  if (code === '') say('no_territory')
  else if (!known.territories.has(code)) say('territory', { code })
  return code
}

function inUse(cells: Cells, before: { active: boolean } | undefined, say: Say): boolean {
  return answer(cells, 'active', before?.active ?? true, say)
}

function answer(cells: Cells, column: 'active' | 'callBack', otherwise: boolean, say: Say): boolean {
  const read = yesOrNo(cells[column] ?? '')
  if (read === null) say('yes_no', { found: cells[column] ?? '' })
  return read ?? otherwise
}

const saidOf = (cells: Cells) => ({
  id: cells.id ?? '',
  kind: cells.kind ? organisationKindOf(cells.kind) : null,
  territoryCode: (cells.territory ?? '').toUpperCase(),
})

/** The organisation a line names, in the directory or made by the file itself, in whatever order its lines stand. */
function organisationsOf(lines: ImportLine[], known: Known, held: Context['organisations']): Context['of'] {
  const made = new Map<string, Omit<Of, 'posts'>>()
  for (const { cells } of lines) {
    if (lineKindOf(cells.type ?? '') !== 'organisation' || !cells.organisation) continue
    const match = matchOrganisation(cells.organisation, saidOf(cells), held)
    if ('fault' in match) continue
    const territoryCode = saidOf(cells).territoryCode || match.row?.territoryCode || ''
    const name = match.row && !cells.id ? match.row.name : cells.organisation
    if (!made.has(nameKey(name))) made.set(nameKey(name), { name, id: match.row?.id ?? null, territoryCode })
  }
  const postsOf = postsNamed(lines, known)
  const find = (name: string): ReturnType<Context['of']> => {
    const here = made.get(nameKey(name))
    const match = here ? null : matchOrganisation(name, { id: '', kind: null, territoryCode: '' }, held)
    if (match && 'fault' in match) return match
    const of = here ?? match?.row
    if (!of) return null
    const { id, territoryCode } = of
    return { name: of.name, id, territoryCode, posts: postsOf(id, nameKey(name)) }
  }
  const seen = new Map<string, ReturnType<Context['of']>>()
  return (name) => {
    if (!seen.has(name)) seen.set(name, find(name))
    return seen.get(name) ?? null
  }
}

/** Posts known, or made by the file, of an organisation. */
function postsNamed(lines: ImportLine[], known: Known) {
  const inFile = Map.groupBy(
    lines.filter(({ cells }) => lineKindOf(cells.type ?? '') === 'post' && cells.post),
    ({ cells }) => nameKey(cells.organisation ?? ''),
  )
  const held = Map.groupBy(known.posts, ({ organisationId }) => organisationId)
  return (id: number | null, key: string): ReadonlySet<string> =>
    new Set([
      // As the directory writes it, before as the file does.
      ...(held.get(id ?? 0) ?? []).map((one) => one.name),
      ...(inFile.get(key) ?? []).map(({ cells }) => cells.post ?? ''),
    ])
}
