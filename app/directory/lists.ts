import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Actor } from '#app/_auth/actor.ts'
import { searchable } from '#db/reference/searchable.ts'
import { contact, type OrganisationKind, organisation, post, site } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import { inReality } from '#db/transaction.ts'
import { afterFolded, type Cursor, folded, pageOf, SIZE } from './keyset.ts'
import { CONTACT, ORGANISATION } from './queries.ts'
import { searchedDigits } from './rules/phone.ts'

export type DirectoryFilter = {
  q: string
  kind?: string
  number?: string
  access?: string
  inactive: boolean
}

export function listOrganisations(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const rows = await tx
      .select({
        ...ORGANISATION,
        posts: held(post),
        contacts: held(contact),
        sites: held(site),
      })
      .from(organisation)
      .leftJoin(territory, eq(territory.code, organisation.territoryCode))
      .where(
        and(
          sql`${organisation.exerciseId} is null`,
          eq(organisation.active, !filter.inactive),
          filter.kind ? eq(organisation.kind, filter.kind as OrganisationKind) : undefined,
          ...everyWord(organisation.search, filter.q),
          afterFolded(cursor, organisation.name, organisation.id),
        ),
      )
      .orderBy(folded(organisation.name), organisation.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

export function listContacts(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const rows = await tx
      .select({
        ...CONTACT,
        organisationId: contact.organisationId,
        organisation: organisation.name,
        post: post.name,
      })
      .from(contact)
      .innerJoin(organisation, eq(organisation.id, contact.organisationId))
      .leftJoin(post, eq(post.id, contact.postId))
      .where(
        and(
          eq(contact.active, !filter.inactive),
          ...everyWord(contact.search, searchedDigits(filter.q) ?? filter.q),
          afterFolded(cursor, contact.name, contact.id),
        ),
      )
      .orderBy(folded(contact.name), contact.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

export function listSites(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const words = sql`lower(unaccent(${site.name} || ' ' || ${organisation.name} || ' ' || coalesce(${site.operator}, '') || ' ' || ${site.territoryCode}))`
    const rows = await tx
      .select({
        id: site.id,
        name: site.name,
        territoryCode: site.territoryCode,
        place: territory.name,
        access: site.access,
        operator: site.operator,
        numbers: site.numbers,
        active: site.active,
        organisationId: site.organisationId,
        organisation: organisation.name,
      })
      .from(site)
      .innerJoin(organisation, eq(organisation.id, site.organisationId))
      .leftJoin(territory, eq(territory.code, site.territoryCode))
      .where(
        and(
          eq(site.active, !filter.inactive),
          filter.access ? sql`${site.access} = ${filter.access}` : undefined,
          filter.number ? sql`${filter.number} = any (${site.numbers})` : undefined,
          ...everyWord(words, filter.q),
          afterFolded(cursor, organisation.name, site.id),
        ),
      )
      .orderBy(folded(organisation.name), site.id)
      .limit(SIZE + 1)
    return pageOf(rows, (row) => row.organisation)
  })
}

function everyWord(column: SQL | PgColumn, typed: string): SQL[] {
  return searchable(typed)
    .split(' ')
    .filter(Boolean)
    .slice(0, 6)
    .map((word) => sql`${column} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
}

// Of this organisation, those in use.
function held(table: typeof post | typeof contact | typeof site) {
  return sql<number>`(select count(*)::int from ${table} where ${table.organisationId} = ${organisation.id} and ${table.active})`
}
