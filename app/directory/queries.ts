import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Actor } from '#app/_auth/actor.ts'
import { searchable } from '#db/reference/searchable.ts'
import { contact, type OrganisationKind, organisation, post, site } from '#db/schema/directory.ts'
import { emergencyNumber, territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { ROW_VERSION } from './commands/administer.ts'
import { after, type Cursor, type Page, pageOf, SIZE } from './keyset.ts'

export type DirectoryFilter = {
  q: string
  kind?: string
  number?: string
  access?: string
  inactive: boolean
}

const version = ROW_VERSION

export function listOrganisations(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const rows = await tx
      .select({
        id: organisation.id,
        name: organisation.name,
        kind: organisation.kind,
        territoryCode: organisation.territoryCode,
        place: territory.name,
        sees: organisation.sees,
        active: organisation.active,
      })
      .from(organisation)
      .leftJoin(territory, eq(territory.code, organisation.territoryCode))
      .where(
        and(
          sql`${organisation.exerciseId} is null`,
          eq(organisation.active, !filter.inactive),
          filter.kind ? eq(organisation.kind, filter.kind as OrganisationKind) : undefined,
          ...everyWord(organisation.search, filter.q),
          after(cursor, organisation.name, organisation.id),
        ),
      )
      .orderBy(organisation.name, organisation.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

export function listContacts(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const rows = await tx
      .select({
        id: contact.id,
        name: contact.name,
        phone: contact.phone,
        email: contact.email,
        callBack: contact.callBack,
        active: contact.active,
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
          ...everyWord(contact.search, phoneWords(filter.q)),
          after(cursor, contact.name, contact.id),
        ),
      )
      .orderBy(contact.name, contact.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

export function listSites(actor: Actor, filter: DirectoryFilter, cursor: Cursor | null) {
  return inReality(actor, async (tx) => {
    const folded = sql`lower(unaccent(${site.name} || ' ' || ${organisation.name} || ' ' || coalesce(${site.operator}, '') || ' ' || ${site.territoryCode}))`
    const rows = await tx
      .select({
        id: site.id,
        name: site.name,
        territoryCode: site.territoryCode,
        access: site.access,
        operator: site.operator,
        numbers: site.numbers,
        active: site.active,
        organisationId: site.organisationId,
        organisation: organisation.name,
      })
      .from(site)
      .innerJoin(organisation, eq(organisation.id, site.organisationId))
      .where(
        and(
          eq(site.active, !filter.inactive),
          filter.access ? sql`${site.access} = ${filter.access}` : undefined,
          filter.number ? sql`${filter.number} = any (${site.numbers})` : undefined,
          ...everyWord(folded, filter.q),
          after(cursor, site.name, site.id),
        ),
      )
      .orderBy(site.name, site.id)
      .limit(SIZE + 1)
    return pageOf(rows)
  })
}

/** One organisation with what hangs on it; null when there is none to see. */
export function readOrganisation(actor: Actor, id: number) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        id: organisation.id,
        name: organisation.name,
        kind: organisation.kind,
        territoryCode: organisation.territoryCode,
        sees: organisation.sees,
        active: organisation.active,
        version,
      })
      .from(organisation)
      .where(eq(organisation.id, id))
    if (!row) return null
    const posts = await tx
      .select({ id: post.id, name: post.name, active: post.active })
      .from(post)
      .where(eq(post.organisationId, id))
      .orderBy(post.name)
    const contacts = await tx
      .select({
        id: contact.id,
        name: contact.name,
        phone: contact.phone,
        email: contact.email,
        callBack: contact.callBack,
        active: contact.active,
        post: post.name,
      })
      .from(contact)
      .leftJoin(post, eq(post.id, contact.postId))
      .where(eq(contact.organisationId, id))
      .orderBy(contact.name)
    const sites = await tx.select().from(site).where(eq(site.organisationId, id)).orderBy(site.name)
    return { ...row, posts, contacts, sites }
  })
}

export function readPost(actor: Actor, id: number) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        id: post.id,
        name: post.name,
        active: post.active,
        organisationId: post.organisationId,
        version,
      })
      .from(post)
      .where(eq(post.id, id))
    return row ?? null
  })
}

export function readContact(actor: Actor, id: number) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        id: contact.id,
        name: contact.name,
        phone: contact.phone,
        email: contact.email,
        callBack: contact.callBack,
        postId: contact.postId,
        active: contact.active,
        organisationId: contact.organisationId,
        version,
      })
      .from(contact)
      .where(eq(contact.id, id))
    return row ?? null
  })
}

export function readSite(actor: Actor, id: number) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({
        id: site.id,
        name: site.name,
        territoryCode: site.territoryCode,
        communeCode: site.communeCode,
        access: site.access,
        operator: site.operator,
        numbers: site.numbers,
        active: site.active,
        organisationId: site.organisationId,
        version,
      })
      .from(site)
      .where(eq(site.id, id))
    return row ?? null
  })
}

/** For the choices of a form: every territory and every number of the real world. */
export function readChoices(actor: Actor) {
  return inReality(actor, async (tx) => ({
    territories: await tx
      .select({ code: territory.code, name: territory.name, kind: territory.kind })
      .from(territory)
      .where(sql`${territory.exerciseId} is null`)
      .orderBy(asc(territory.code)),
    numbers: await tx
      .select({ number: emergencyNumber.number, fr: emergencyNumber.labelFr, en: emergencyNumber.labelEn })
      .from(emergencyNumber)
      .where(sql`${emergencyNumber.exerciseId} is null`)
      .orderBy(asc(emergencyNumber.position)),
  }))
}

/** Figures of the front page of the administration: what is in use. */
export function countDirectory(actor: Actor) {
  return inReality(actor, async (tx) => {
    const [organisations] = await tx
      .select({ n: count() })
      .from(organisation)
      .where(and(eq(organisation.active, true), isNull(organisation.exerciseId)))
    const [contacts] = await tx
      .select({ n: count(), callBack: sql<number>`count(*) filter (where ${contact.callBack})::int` })
      .from(contact)
      .where(eq(contact.active, true))
    const [sites] = await tx
      .select({
        n: count(),
        copper: sql<number>`count(*) filter (where ${site.access} in ('rtc', 'mixed'))::int`,
      })
      .from(site)
      .where(eq(site.active, true))
    return {
      organisations: organisations?.n ?? 0,
      contacts: contacts?.n ?? 0,
      callBack: contacts?.callBack ?? 0,
      sites: sites?.n ?? 0,
      copper: sites?.copper ?? 0,
    }
  })
}

export type Listed<T extends (...args: never[]) => Promise<Page<unknown>>> = Awaited<
  ReturnType<T>
>['rows'][number]

function everyWord(column: SQL | PgColumn, typed: string): SQL[] {
  return searchable(typed)
    .split(' ')
    .filter(Boolean)
    .slice(0, 6)
    .map((word) => sql`${column} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
}

// A number read in pairs is one word.
function phoneWords(typed: string): string {
  const digits = typed.replace(/[\s.]/g, '')
  return /^\d{4,}$/.test(digits) ? digits : typed
}

// The directory administered is the real one, whatever exercise is open in the browser.
function inReality<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return asActor(actor.kind === 'door' ? actor : { ...actor, exerciseId: null }, work)
}
