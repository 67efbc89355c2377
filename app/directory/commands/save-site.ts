import { eq, inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { site } from '#db/schema/directory.ts'
import { emergencyNumber } from '#db/schema/reference.ts'
import { communeTyped } from '../communes.ts'
import type { Input, siteInput } from '../input.ts'
import { alike, refusedTwin } from '../reads-like.ts'
import { administer, asSeen, changedFields, missed, writeDown } from './administer.ts'
import { keepVersions } from './keep-version.ts'
import { placesNamed } from './save-organisation.ts'
import { exists } from './save-post.ts'

/** Adds a site that answers emergency numbers, or changes one: numbers, access, operator. */
export function saveSite(
  actor: Actor,
  { id, seen, ...wanted }: Input<typeof siteInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    'directory.keep',
    async (tx, admin) => {
      if (!(await exists(tx, wanted.organisationId))) return refused('directory.refused.absent')
      if (!(await placesNamed(tx, [wanted.territoryCode])).has(wanted.territoryCode))
        return refusedField('territoryCode', 'directory.invalid.territory', { code: wanted.territoryCode })
      const place = await communeTyped(tx, wanted.communeCode, wanted.territoryCode)
      if ('fault' in place) return refusedField('communeCode', place.fault, place.values)
      const row = { ...wanted, communeCode: place.code }
      if (wanted.numbers.length > 0) {
        const known = await tx
          .select({ number: emergencyNumber.number })
          .from(emergencyNumber)
          .where(inArray(emergencyNumber.number, wanted.numbers))
        const strange = wanted.numbers.find((number) => !known.some((one) => one.number === number))
        if (strange) return refusedField('numbers', 'directory.invalid.number', { number: strange })
      }
      const twin = await alike(tx, site, { id, name: wanted.name, organisationId: wanted.organisationId })
      if (twin) return refusedTwin(twin, wanted.name)
      const [before] = id ? await tx.select().from(site).where(eq(site.id, id)) : []
      const [saved] = id
        ? await tx
            .update(site)
            .set(row)
            .where(asSeen(site, id, seen))
            .returning()
        : await tx.insert(site).values(row).returning()
      if (!saved) return missed(tx, site, id ?? 0)
      if (before) await keepVersions(tx, admin, [before], now)
      await writeDown(
        tx,
        admin,
        'directory',
        'directory.changed',
        {
          kind: 'site',
          id: saved.id,
          organisationId: saved.organisationId,
          name: saved.name,
          made: !id,
          fields: changedFields(before, row),
        },
        now,
      )
      return done({ id: saved.id })
    },
    refusedField('name', 'directory.refused.name_taken'),
  )
}
