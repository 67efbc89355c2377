import { and, inArray, sql } from 'drizzle-orm'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import { commune, emergencyNumber, territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import { readsLike } from './reads-like.ts'
import type { ImportLine, Known } from './rules/import-plan.ts'

/** What the directory knows of the organisations that the file names, or whose number it gives. */
export async function readKnown(tx: Tx, lines: ImportLine[]): Promise<Known> {
  const names = [...new Set(lines.map(({ cells }) => cells.organisation ?? ''))]
  const numbered = [...new Set(lines.map(({ cells }) => Number(cells.id?.replace(/\D/g, '')) || 0))]
  const organisations = await tx
    .select()
    .from(organisation)
    .where(
      and(
        sql`(${readsLike(organisation.name, names)} or ${inArray(organisation.id, numbered)})`,
        sql`${organisation.exerciseId} is null`,
      ),
    )
    .orderBy(organisation.id)
  const ids = organisations.map(({ id }) => id)
  const [posts, contacts, sites] = [
    await tx.select().from(post).where(inArray(post.organisationId, ids)).orderBy(post.id),
    await tx.select().from(contact).where(inArray(contact.organisationId, ids)).orderBy(contact.id),
    await tx.select().from(site).where(inArray(site.organisationId, ids)).orderBy(site.id),
  ]
  const chair = new Map(posts.map(({ id, name }) => [id, name]))
  const [territories, communes, numbers] = [
    await tx.select({ code: territory.code }).from(territory).where(sql`${territory.exerciseId} is null`),
    await communesNamed(tx, lines),
    await tx.select({ number: emergencyNumber.number }).from(emergencyNumber),
  ]
  return {
    organisations,
    posts,
    contacts: contacts.map((one) => ({
      ...one,
      post: one.postId === null ? null : (chair.get(one.postId) ?? null),
    })),
    sites,
    territories: new Set(territories.map(({ code }) => code)),
    communes: new Set(communes.map(({ code }) => code)),
    numbers: new Set(numbers.map(({ number }) => number)),
  }
}

function communesNamed(tx: Tx, lines: ImportLine[]) {
  const codes = [...new Set(lines.map(({ cells }) => (cells.commune ?? '').toUpperCase()))].filter(Boolean)
  return tx.select({ code: commune.code }).from(commune).where(inArray(commune.code, codes))
}
