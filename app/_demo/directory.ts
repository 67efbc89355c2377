import departements from '@etalab/decoupage-administratif/data/departements.json' with { type: 'json' }
import type postgres from 'postgres'
import { machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { phoneDigits } from '#app/directory/rules/phone.ts'
import { searchable } from '#db/reference/searchable.ts'
import { TERRITORIES } from '#db/reference/territories.ts'
import { asActor } from '#db/transaction.ts'
import { type DemoOrganisation, demoOrganisations } from './organisations.ts'
import { person } from './persons.ts'
import { fixedRange, numberGiver } from './phone-numbers.ts'

/** The demo directory into an empty one: organisations, posts, contacts, sites. Returns their ids by name. */
export async function seedDirectory(sql: postgres.Sql, now: Date): Promise<Map<string, number>> {
  const organisations = demoOrganisations()
  const ids = await sql.begin(async (tx) => {
    const known = await writeOrganisations(tx, organisations, now)
    const posts = await writePosts(tx, organisations, known)
    await writeContacts(tx, organisations, known, posts)
    await writeSites(tx, organisations, known)
    return known
  })
  const actor = machine('Démonstration')
  await asActor(actor, (tx) =>
    append(tx, actor, {
      chain: 'directory',
      event: 'directory.imported',
      visibility: 'internal',
      at: now,
      data: { organisations: organisations.length },
    }),
  )
  return ids
}

type Ids = Map<string, number>

async function writeOrganisations(
  sql: postgres.TransactionSql,
  organisations: DemoOrganisation[],
  now: Date,
): Promise<Ids> {
  const rows = organisations.map(({ kind, name, territory, sees }) => ({
    kind,
    name,
    territory,
    sees,
    search: searchable(`${name} ${kind} ${territory} ${PLACES.get(territory) ?? ''}`),
  }))
  const written = await sql<{ id: string; name: string }[]>`
    insert into organisation (kind, name, territory_code, sees, search, created_at)
    select kind, name, territory, sees, search, ${now}
    from jsonb_to_recordset(${sql.json(rows)})
      as given (kind text, name text, territory text, sees text[], search text)
    returning id, name`
  return new Map(written.map(({ id, name }) => [name, Number(id)]))
}

async function writePosts(
  sql: postgres.TransactionSql,
  organisations: DemoOrganisation[],
  ids: Ids,
): Promise<Ids> {
  const rows = organisations.flatMap((one) =>
    one.posts.map((name) => ({ organisation: ids.get(one.name), name })),
  )
  const written = await sql<{ id: string; organisation_id: string; name: string }[]>`
    insert into post (organisation_id, name)
    select organisation, name from jsonb_to_recordset(${sql.json(rows)}) as given (organisation bigint, name text)
    returning id, organisation_id, name`
  return new Map(written.map((post) => [`${post.organisation_id}/${post.name}`, Number(post.id)]))
}

/** One person a post with its fixed line; for the first post also the mobile of the watch, outside the fixed network, for call-backs. */
async function writeContacts(
  sql: postgres.TransactionSql,
  organisations: DemoOrganisation[],
  ids: Ids,
  posts: Ids,
): Promise<void> {
  const number = numberGiver()
  let persons = 0
  const rows = organisations.flatMap((one) => {
    const organisation = ids.get(one.name)
    const range = fixedRange(REGIONS.get(one.territory) ?? one.territory)
    return one.posts.flatMap((name, rank) => {
      const post = posts.get(`${organisation}/${name}`)
      const contact = (phone: string, callBack: boolean) => {
        const who = person(persons++)
        const email = `${searchable(who).replaceAll(' ', '.')}@${domain(one)}`
        const search = searchable(`${who} ${phoneDigits(phone)} ${email} ${name} ${one.name}`)
        return { organisation, post, name: who, phone, email, callBack, search }
      }
      const fixed = contact(number(range), false)
      return rank === 0 ? [fixed, contact(number('mobile'), true)] : [fixed]
    })
  })
  await sql`
    insert into contact (organisation_id, post_id, name, phone, email, call_back, search)
    select organisation, post, name, phone, email, "callBack", search
    from jsonb_to_recordset(${sql.json(rows)})
      as given (organisation bigint, post bigint, name text, phone text, email text, "callBack" bool, search text)`
}

async function writeSites(
  sql: postgres.TransactionSql,
  organisations: DemoOrganisation[],
  ids: Ids,
): Promise<void> {
  const rows = organisations.flatMap(({ name, territory, site }) =>
    site ? [{ ...site, organisation: ids.get(name), territory, commune: SEATS.get(territory) ?? null }] : [],
  )
  await sql`
    insert into site (organisation_id, name, territory_code, commune_code, access, operator, numbers)
    select organisation, name, territory, commune, access, operator, numbers
    from jsonb_to_recordset(${sql.json(rows)})
      as given (organisation bigint, name text, territory text, commune text, access text, operator text, numbers text[])`
}

const PLACES = new Map(TERRITORIES.map((one) => [one.code, one.name]))
const REGIONS = new Map(TERRITORIES.map((one) => [one.code, one.regionCode]))
const SEATS = new Map(departements.map((one) => [one.code, one.chefLieu]))

/** .example belongs to nobody, for ever. */
function domain({ kind, territory }: DemoOrganisation): string {
  return `${kind}-${territory}.example`.toLowerCase().replaceAll('_', '-')
}
