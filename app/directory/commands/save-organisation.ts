import { eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refusedField } from '#app/_doors/result.ts'
import { searchable } from '#db/reference/searchable.ts'
import { organisation } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, organisationInput } from '../input.ts'
import { alike, refusedTwin } from '../reads-like.ts'
import { administer, asSeen, changedFields, missed, writeDown } from './administer.ts'

/** Adds an organisation to the directory, or changes one. */
export function saveOrganisation(
  actor: Actor,
  { id, seen, ...wanted }: Input<typeof organisationInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    'directory.keep',
    async (tx, admin) => {
      const known = await placesNamed(tx, [wanted.territoryCode, ...wanted.sees])
      if (!known.has(wanted.territoryCode))
        return refusedField('territoryCode', 'directory.invalid.territory', { code: wanted.territoryCode })
      const strange = wanted.sees.find((code) => !known.has(code))
      if (strange) return refusedField('sees', 'directory.invalid.territory', { code: strange })

      const twin = await alike(tx, organisation, { id, name: wanted.name })
      if (twin) return refusedTwin(twin, wanted.name)

      const row = {
        ...wanted,
        search: searchOf(wanted.name, wanted.kind, wanted.territoryCode, known.get(wanted.territoryCode)),
      }
      const [before] = id ? await tx.select().from(organisation).where(eq(organisation.id, id)) : []
      const [saved] = id
        ? await tx
            .update(organisation)
            .set(row)
            .where(asSeen(organisation, id, seen))
            .returning()
        : await tx
            .insert(organisation)
            .values({ ...row, createdAt: now })
            .returning()
      if (!saved) return missed(tx, organisation, id ?? 0)

      await writeDown(
        tx,
        admin,
        'directory',
        'directory.changed',
        {
          kind: 'organisation',
          id: saved.id,
          name: saved.name,
          made: !id,
          fields: changedFields(before, wanted),
        },
        now,
      )
      return done({ id: saved.id })
    },
    refusedField('name', 'directory.refused.name_taken'),
  )
}

export function searchOf(name: string, kind: string, code: string, place: string | undefined): string {
  return searchable(`${name} ${kind} ${code} ${place ?? ''}`)
}

/** Name of each of these territories, by code. */
export async function placesNamed(tx: Tx, codes: string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await tx
    .select({ code: territory.code, name: territory.name })
    .from(territory)
    .where(sql`${inArray(territory.code, [...new Set(codes)])} and ${territory.exerciseId} is null`)
  return new Map(rows.map((row) => [row.code, row.name]))
}
