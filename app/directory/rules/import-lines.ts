import { shortened } from '#app/_doors/rules/cut.ts'
import {
  accessOf,
  FRENCH_HEADERS,
  type LineKind,
  listOf,
  organisationKindOf,
  yesOrNo,
} from './import-format.ts'
import {
  candidatesText,
  type Held,
  type MatchFault,
  matchOrganisation,
  matchPart,
  type Shelf,
} from './import-match.ts'
import type { ContactRow, ImportFault, ImportLine, Known } from './import-plan.ts'
import { nameKey } from './name-key.ts'
import { readPhone } from './phone.ts'

export type Of = { name: string; id: number | null; territoryCode: string; posts: ReadonlySet<string> }
export type Shelves<T> = (organisationId: number | null) => Shelf<T>
type Places = Pick<Known, 'territories' | 'communes' | 'numbers'>
export type Context = Places & {
  organisations: Shelf<Known['organisations'][number]>
  posts: Shelves<Known['posts'][number]>
  contacts: Shelves<Known['contacts'][number]>
  sites: Shelves<Known['sites'][number]>
  of: (name: string) => Of | { fault: MatchFault } | null
}
export type Say = (reason: string, values?: ImportFault['values']) => void
type Cells = ImportLine['cells']
type Read = {
  kind: LineKind
  id: number | null
  of: string
  name: string
  row: object
  changes: string[] | null
} | null

/** What one line of an import says of an organisation, a post, a person or a site; each thing wrong with it is said. */
export const READERS: Record<LineKind, (cells: Cells, of: Of | null, known: Context, say: Say) => Read> = {
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
      say('email', { found: shortened(cells.email, 60) })
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

export function sayWhich({ reason, candidates }: MatchFault, name: string, say: Say): void {
  say(reason, { name, candidates: candidatesText(candidates) })
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

export const saidOf = (cells: Cells) => ({
  id: cells.id ?? '',
  kind: cells.kind ? organisationKindOf(cells.kind) : null,
  territoryCode: (cells.territory ?? '').toUpperCase(),
})
