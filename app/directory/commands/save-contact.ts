import { and, eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { searchable } from '#db/reference/searchable.ts'
import { contact, organisation, post } from '#db/schema/directory.ts'
import type { contactInput, Input } from '../input.ts'
import { alike, refusedTwin } from '../reads-like.ts'
import { phoneDigits, phoneReason, readPhone } from '../rules/phone.ts'
import { administer, asSeen, changedFields, missed, writeDown } from './administer.ts'

/** Adds a person of an organisation, or changes one. The journal says that, never the number nor the name. */
export function saveContact(
  actor: Actor,
  { id, seen, ...typed }: Input<typeof contactInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(actor, 'directory.keep', async (tx, admin) => {
    const [of] = await tx.select().from(organisation).where(eq(organisation.id, typed.organisationId))
    if (!of) return refused('directory.refused.absent')
    const read = typed.phone ? readPhone(typed.phone, of.territoryCode) : null
    if (read?.fault) {
      const { key, values } = phoneReason(read.fault)
      return refusedField('phone', key, values)
    }
    const wanted = { ...typed, phone: read?.phone ?? null }
    const [chair] = wanted.postId
      ? await tx
          .select()
          .from(post)
          .where(and(eq(post.id, wanted.postId), eq(post.organisationId, of.id)))
      : []
    if (wanted.postId && !chair) return refusedField('postId', 'directory.invalid.choice')
    if (wanted.callBack && !wanted.phone) return refusedField('phone', 'directory.invalid.call_back_phone')

    const twin = await alike(tx, contact, { id, name: wanted.name, organisationId: wanted.organisationId })
    if (twin) return refusedTwin(twin, wanted.name)

    const row = { ...wanted, search: contactSearch(wanted, chair?.name ?? '', of.name) }
    const [before] = id ? await tx.select().from(contact).where(eq(contact.id, id)) : []
    const [saved] = id
      ? await tx
          .update(contact)
          .set(row)
          .where(asSeen(contact, id, seen))
          .returning()
      : await tx.insert(contact).values(row).returning()
    if (!saved) return missed(tx, contact, id ?? 0)
    await writeDown(
      tx,
      admin,
      'directory',
      'directory.changed',
      {
        kind: 'contact',
        id: saved.id,
        organisationId: of.id,
        made: !id,
        fields: changedFields(before, wanted),
      },
      now,
    )
    return done({ id: saved.id })
  })
}

export function contactSearch(
  who: { name: string; phone: string | null; email: string | null },
  chair: string,
  organisationName: string,
): string {
  return searchable(`${who.name} ${phoneDigits(who.phone)} ${who.email ?? ''} ${chair} ${organisationName}`)
}
