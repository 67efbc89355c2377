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

/** What the directory holds: by name, and inside an organisation by name. */
export type Known = {
  organisation: Map<string, OrganisationRow>
  post: Map<string, PostRow>
  contact: Map<string, ContactRow>
  site: Map<string, SiteRow>
  territories: ReadonlySet<string>
  communes: ReadonlySet<string>
  numbers: ReadonlySet<string>
}

type RowOf = { organisation: OrganisationRow; post: PostRow; contact: ContactRow; site: SiteRow }
export type Planned = {
  [K in LineKind]: {
    line: number
    kind: K
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
  const organisations = organisationsNamed(lines, known)
  const context = { ...known, posts: postsNamed(lines, known), territoryOf: territoriesOf(lines, known) }
  for (const one of lines) {
    const kind = lineKindOf(one.cells.type ?? '')
    const found: Omit<ImportFault, 'line'>[] = []
    const say = (reason: string, values?: ImportFault['values']) =>
      found.push({ key: `directory.import.fault.${reason}`, ...(values ? { values } : {}) })
    const organisation = one.cells.organisation ?? ''
    if (one.extra) say('too_many_cells')
    if (!kind) say('type', { found: (one.cells.type ?? '').slice(0, 60) })
    if (organisation === '') say('no_organisation')
    else if (organisation.length > 200) say('too_long', { column: 'organisation' })
    else if (kind && kind !== 'organisation' && !organisations.has(organisation))
      say('unknown_organisation', { name: organisation })
    const plan = kind ? READERS[kind](one.cells, organisation, context, say) : null
    if (plan && kind) {
      const key = `${kind}\n${organisation}\n${plan.name}`
      const first = firstLine.get(key)
      if (first) say('twice', { line: first })
      else firstLine.set(key, one.line)
    }
    if (found.length > 0 || !plan) faults.push(...found.map((fault) => ({ line: one.line, ...fault })))
    else planned.push({ ...plan, line: one.line, organisation } as Planned)
  }
  return { planned, faults }
}

type Context = Known & { posts: ReadonlySet<string>; territoryOf: (organisation: string) => string }
type Say = (reason: string, values?: ImportFault['values']) => void
type Cells = ImportLine['cells']
type Read = { kind: LineKind; name: string; row: object; changes: string[] | null } | null

const READERS: Record<LineKind, (cells: Cells, of: string, known: Context, say: Say) => Read> = {
  organisation(cells, of, known, say) {
    const before = known.organisation.get(of)
    const kind = cells.kind ? organisationKindOf(cells.kind) : before?.kind
    if (!kind) say('kind', { found: cells.kind ?? '' })
    const territoryCode = place(cells, before?.territoryCode, known, say)
    const sees = cells.sees ? listOf(cells.sees) : (before?.sees ?? [])
    for (const code of sees) if (!known.territories.has(code)) say('territory', { code })
    return judged(
      'organisation',
      of,
      { kind, territoryCode, sees, active: inUse(cells, before, say) },
      before,
    )
  },
  post(cells, of, known, say) {
    const name = nameIn(cells, 'post', say)
    const before = known.post.get(keyIn(of, name))
    return judged('post', name, { active: inUse(cells, before, say) }, before)
  },
  contact(cells, of, known, say) {
    const name = nameIn(cells, 'person', say)
    const before = known.contact.get(keyIn(of, name))
    const post = cells.post || before?.post || null
    if (post && !known.posts.has(keyIn(of, post))) say('unknown_post', { name: post })
    const read = cells.phone ? readPhone(cells.phone, known.territoryOf(of)) : null
    if (read?.fault) say(`phone_${read.fault.why}`, read.fault.values)
    const phone = read ? (read.phone ?? null) : (before?.phone ?? null)
    const email = cells.email ? cells.email.toLowerCase() : (before?.email ?? null)
    if (cells.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cells.email))
      say('email', { found: cells.email.slice(0, 60) })
    const callBack = answer(cells, 'callBack', before?.callBack ?? false, say)
    if (callBack && !phone && !read?.fault) say('call_back_phone')
    return judged(
      'contact',
      name,
      { post, phone, email, callBack, active: inUse(cells, before, say) },
      before,
    )
  },
  site(cells, of, known, say) {
    const name = nameIn(cells, 'site', say)
    const before = known.site.get(keyIn(of, name))
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
    return judged('site', name, row, before)
  },
}

function judged<K extends LineKind>(kind: K, name: string, row: object, before: object | undefined): Read {
  if (!before) return { kind, name, row, changes: null }
  const changes = Object.entries(row)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]))
    .map(([key]) => key)
  return { kind, name, row, changes }
}

function nameIn(cells: Cells, column: 'post' | 'person' | 'site', say: Say): string {
  const name = cells[column] ?? ''
  if (name === '') say('no_name', { column: FRENCH_HEADERS[column] })
  if (name.length > 200) say('too_long', { column: FRENCH_HEADERS[column] })
  return name
}

function place(cells: Cells, before: string | undefined, known: Known, say: Say): string {
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

/** Posts known or made by the file itself, in whatever order its lines stand. */
function postsNamed(lines: ImportLine[], known: Known): Set<string> {
  const inFile = lines
    .filter(({ cells }) => lineKindOf(cells.type ?? '') === 'post')
    .map(({ cells }) => keyIn(cells.organisation ?? '', cells.post ?? ''))
  return new Set([...known.post.keys(), ...inFile])
}

/** Where an organisation stands, in this file or before it: how its people write a number. */
function territoriesOf(lines: ImportLine[], known: Known): (organisation: string) => string {
  const inFile = new Map(
    lines
      .filter(({ cells }) => lineKindOf(cells.type ?? '') === 'organisation' && cells.territory)
      .map(({ cells }) => [cells.organisation ?? '', (cells.territory ?? '').toUpperCase()]),
  )
  return (name) => inFile.get(name) ?? known.organisation.get(name)?.territoryCode ?? ''
}

function organisationsNamed(lines: ImportLine[], known: Known): Set<string> {
  const inFile = lines
    .filter(({ cells }) => lineKindOf(cells.type ?? '') === 'organisation')
    .map(({ cells }) => cells.organisation ?? '')
  return new Set([...known.organisation.keys(), ...inFile])
}
