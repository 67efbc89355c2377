import { type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import type { OrganisationKind } from '#db/schema/directory.ts'
import { inReality, type Tx } from '#db/transaction.ts'
import { callerAsked, type Term } from './rules/caller-asked.ts'
import { callersFound } from './rules/caller-rank.ts'
import { singular, type Towns, townsOf } from './rules/place-words.ts'

/** One line of the directory: an organisation, or a person or post of it. */
export type FoundReporter = {
  organisationId: number
  contactId: number | null
  organisation: string
  kind: OrganisationKind
  territory: string
  contact: string | null
  post: string | null
}

const MOST = 12
const MOST_NAMED = 20
/** Read for the rule to rank: more than bear any two words. */
const MOST_READ = 300
/** Towns one is called from by name; a smaller one is found by the name of what stands there. */
const TOWN = 5_000

/**
 * Reporter found while typing: a territory, a name, a kind, a post, a person, a telephone number (rules/caller-rank.ts). Those that
 * bear every term; when nobody does, those that bear the most: « monsieur Dugenou du samu 59 ».
 */
export async function searchDirectory(tx: Tx, typed: string): Promise<FoundReporter[]> {
  const read: Reading<FoundReporter & Read> = (where, order) =>
    tx.execute(sql`
      select o.id::int as "organisationId", c.id::int as "contactId", o.name as organisation, o.kind,
        o.territory_code as territory, c.name as contact, p.name as post,
        o.search, concat_ws(' ', c.name, p.name, c.search) as person
      from organisation o
        left join contact c on c.organisation_id = o.id and c.active
        left join post p on p.id = c.post_id
      where o.active and o.kind <> 'cell' and (${where})
      order by ${order}, o.name, c.call_back desc nulls last, c.name limit ${MOST_READ}`)
  const all = await ranked(typed, tx, BY_PERSON, read)
  const found = all.length > 0 ? all : await ranked(typed, tx, BY_PERSON, read, 'some')
  return found.slice(0, MOST).map(({ search, person, ...line }) => line)
}

export type FoundOrganisation = { id: number; name: string; kind: OrganisationKind; territory: string }

/** Organisations of the real world in use that bear every term, in the same order; people are not asked for. */
export async function searchOrganisations(actor: Actor, typed: string): Promise<FoundOrganisation[]> {
  const found = await inReality(actor, (tx) =>
    ranked(typed, tx, BY_NAME, (where, order) =>
      tx.execute<FoundOrganisation & Read>(sql`
        select o.id::int as id, o.name, o.name as organisation, o.kind, o.territory_code as territory, o.search, '' as person
        from organisation o where o.active and o.exercise_id is null and (${where})
        order by ${order}, o.name limit ${MOST_READ}`),
    ),
  )
  return found.slice(0, MOST_NAMED).map(({ id, name, kind, territory }) => ({ id, name, kind, territory }))
}

/** What the rule reads of a line besides. */
type Read = {
  organisation: string
  kind: OrganisationKind
  territory: string
  search: string
  person: string
}
type Ways = (term: Term) => SQL[]

type Reading<T> = (where: SQL, order: SQL) => Promise<T[]>

/** What bears every term, or `some` of them, in the order of the rule. */
async function ranked<T extends Read>(
  typed: string,
  tx: Tx,
  ways: Ways,
  read: Reading<T>,
  terms: 'every' | 'some' = 'every',
): Promise<T[]> {
  const asked = callerAsked(typed, await towns(tx))
  if (asked.length === 0) return []
  const borne = (term: Term) => sql`(${sql.join(ways(term), sql` or `)})`
  const best = sql`${sum(asked, (term) => among(sql`o.territory_code`, term.places.exact))} desc,
    ${sum(asked, (term) => among(sql`o.kind`, term.kinds))} desc`
  const rows =
    terms === 'every'
      ? await read(sql.join(asked.map(borne), sql` and `), best)
      : await read(sql.join(asked.map(borne), sql` or `), sql`${sum(asked, borne)} desc, ${best}`)
  const candidates = rows.map((row) => ({ ...row, name: row.organisation, row }))
  return callersFound(asked, candidates).map(({ row }) => row)
}

/** Whatever the rule would call a fit, and some more. */
const BY_NAME: Ways = ({ words, kinds, places }) => [
  among(sql`o.territory_code`, [...places.exact, ...places.near]),
  among(sql`o.kind`, kinds),
  ...(words.length > 0 ? [every(words, (like) => sql`o.search like ${like}`)] : []),
]

const BY_PERSON: Ways = (term) => [
  ...BY_NAME(term),
  ...(term.digits ? [sql`coalesce(c.search like ${`%${term.digits}%`}, false)`] : []),
  ...(term.words.length > 0
    ? [
        every(
          term.words,
          (like) =>
            sql`coalesce(c.search like ${like}, false) or coalesce(lower(unaccent(p.name)) like ${like}, false)`,
        ),
      ]
    : []),
]

function every(words: readonly string[], one: (like: string) => SQL): SQL {
  const all = words.map((word) => {
    const writings =
      word === 'saint' || word === 'sainte' ? [word, word.replace('ain', '')] : [singular(word)]
    return sql`(${sql.join(
      writings.map((writing) => one(`%${writing}%`)),
      sql` or `,
    )})`
  })
  return sql`(${sql.join(all, sql` and `)})`
}

function among(column: SQL, values: readonly string[]): SQL {
  return values.length > 0 ? sql`${column} = any (${sql.param(values)}::text[])` : sql`false`
}

function sum(terms: readonly Term[], what: (term: Term) => SQL): SQL {
  return sql.join(
    terms.map((term) => sql`(${what(term)})::int`),
    sql` + `,
  )
}

/** Read once: the list of communes changes with a new version, which is a new process. */
async function towns(tx: Tx): Promise<Towns> {
  if (known) return known
  const rows = await tx.execute<{ name: string; departementCode: string }>(
    sql`select name, departement_code as "departementCode" from commune where population >= ${TOWN}`,
  )
  const read = townsOf(rows)
  if (rows.length > 0) known = read
  return read
}
let known: Towns | undefined
