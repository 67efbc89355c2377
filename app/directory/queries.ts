import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import { journal } from '#db/schema/journal.ts'
import { commune, emergencyNumber, territory } from '#db/schema/reference.ts'
import { inReality } from '#db/transaction.ts'
import { ROW_VERSION } from './commands/administer.ts'

const version = ROW_VERSION

/** What a list and the page of one record both show. */
export const ORGANISATION = {
  id: organisation.id,
  name: organisation.name,
  kind: organisation.kind,
  territoryCode: organisation.territoryCode,
  place: territory.name,
  sees: organisation.sees,
  active: organisation.active,
}
export const CONTACT = {
  id: contact.id,
  name: contact.name,
  phone: contact.phone,
  email: contact.email,
  callBack: contact.callBack,
  active: contact.active,
}

/** One organisation with what hangs on it; null when there is none to see. */
export function readOrganisation(actor: Actor, id: number) {
  return inReality(actor, async (tx) => {
    const [row] = await tx
      .select({ ...ORGANISATION, version: sql<string>`${organisation}.xmin::text` })
      .from(organisation)
      .leftJoin(territory, eq(territory.code, organisation.territoryCode))
      .where(and(eq(organisation.id, id), isNull(organisation.exerciseId)))
    if (!row) return null
    const posts = await tx
      .select({ id: post.id, name: post.name, active: post.active })
      .from(post)
      .where(eq(post.organisationId, id))
      .orderBy(post.name)
    const contacts = await tx
      .select({ ...CONTACT, post: post.name })
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
      .select({ ...CONTACT, postId: contact.postId, organisationId: contact.organisationId, version })
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
        commune: commune.name,
        access: site.access,
        operator: site.operator,
        numbers: site.numbers,
        active: site.active,
        organisationId: site.organisationId,
        version: sql<string>`${site}.xmin::text`,
      })
      .from(site)
      .leftJoin(commune, eq(commune.code, site.communeCode))
      .where(eq(site.id, id))
    return row ?? null
  })
}

/** Who changed this record last, and when: from the journal. */
export function lastChange(actor: Actor, kind: 'organisation' | 'post' | 'contact' | 'site', id: number) {
  return inReality(actor, async (tx) => {
    const [line] = await tx
      .select({ name: journal.actorName, at: journal.at })
      .from(journal)
      .where(
        and(
          eq(journal.chain, 'directory'),
          eq(journal.event, 'directory.changed'),
          sql`${journal.data}->>'kind' = ${kind} and ${journal.data}->>'id' = ${String(id)}`,
        ),
      )
      .orderBy(desc(journal.seq))
      .limit(1)
    return line ?? null
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
