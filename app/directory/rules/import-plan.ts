import { shortened } from '#app/_doors/rules/cut.ts'
import type { OrganisationKind, SiteAccess } from '#db/schema/directory.ts'
import { type ImportColumn, type LineKind, lineKindOf } from './import-format.ts'
import { type Context, type Of, READERS, type Shelves, saidOf, sayWhich } from './import-lines.ts'
import { type Held, type HeldOrganisation, matchOrganisation, shelfOf } from './import-match.ts'
import { nameKey } from './name-key.ts'

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
    if (!kind) say('type', { found: shortened(one.cells.type ?? '', 60) })
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

function shelvesOf<T extends Held>(rows: readonly T[]): Shelves<T> {
  const shelves = new Map(
    [...Map.groupBy(rows, ({ organisationId }) => organisationId)].map(([id, held]) => [id, shelfOf(held)]),
  )
  return (id) => shelves.get(id ?? 0) ?? shelfOf<T>([])
}

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
