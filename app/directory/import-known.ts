import { and, inArray, sql } from 'drizzle-orm'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import { commune, emergencyNumber, territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import { type ImportLine, type Known, keyIn } from './rules/import-plan.ts'

/** What the directory knows of the organisations that the file names. */
export async function readKnown(tx: Tx, lines: ImportLine[]): Promise<Known> {
  const names = [...new Set(lines.map(({ cells }) => cells.organisation ?? ''))]
  const of = await tx
    .select()
    .from(organisation)
    .where(and(inArray(organisation.name, names), sql`${organisation.exerciseId} is null`))
  const ids = of.map(({ id }) => id)
  const nameOf = new Map(of.map(({ id, name }) => [id, name]))
  const key = (row: { organisationId: number; name: string }) =>
    keyIn(nameOf.get(row.organisationId) ?? '', row.name)
  const posts = await tx.select().from(post).where(inArray(post.organisationId, ids))
  const chair = new Map(posts.map(({ id, name }) => [id, name]))
  const people = await tx
    .select()
    .from(contact)
    .where(inArray(contact.organisationId, ids))
    .orderBy(contact.id)
  const sites = await tx.select().from(site).where(inArray(site.organisationId, ids))
  const [territories, communes, numbers] = [
    await tx.select({ code: territory.code }).from(territory).where(sql`${territory.exerciseId} is null`),
    await communesNamed(tx, lines),
    await tx.select({ number: emergencyNumber.number }).from(emergencyNumber),
  ]
  return {
    organisation: new Map(
      of.map(({ name, kind, territoryCode, sees, active }) => [name, { kind, territoryCode, sees, active }]),
    ),
    post: new Map(posts.map((row) => [key(row), { active: row.active }])),
    contact: new Map(
      people.map(({ phone, email, callBack, active, postId, ...row }) => [
        key(row),
        { post: postId === null ? null : (chair.get(postId) ?? null), phone, email, callBack, active },
      ]),
    ),
    site: new Map(
      sites.map(({ territoryCode, communeCode, access, operator, numbers: answered, active, ...row }) => [
        key(row),
        { territoryCode, communeCode, access, operator, numbers: answered, active },
      ]),
    ),
    territories: new Set(territories.map(({ code }) => code)),
    communes: new Set(communes.map(({ code }) => code)),
    numbers: new Set(numbers.map(({ number }) => number)),
  }
}

function communesNamed(tx: Tx, lines: ImportLine[]) {
  const codes = [...new Set(lines.map(({ cells }) => (cells.commune ?? '').toUpperCase()))].filter(Boolean)
  return tx.select({ code: commune.code }).from(commune).where(inArray(commune.code, codes))
}
