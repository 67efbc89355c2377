import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { organisation, post } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, postInput } from '../input.ts'
import { alike, refusedTwin } from '../reads-like.ts'
import { administer, asSeen, missed, writeDown } from './administer.ts'

/** Adds a post (the chair somebody sits in) to an organisation, or renames one. */
export function savePost(
  actor: Actor,
  { id, seen, organisationId, name }: Input<typeof postInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return administer(
    actor,
    'directory.keep',
    async (tx, admin) => {
      if (!(await exists(tx, organisationId))) return refused('directory.refused.absent')
      const twin = await alike(tx, post, { id, name, organisationId })
      if (twin) return refusedTwin(twin, name)
      const [saved] = id
        ? await tx
            .update(post)
            .set({ name })
            .where(asSeen(post, id, seen))
            .returning()
        : await tx.insert(post).values({ organisationId, name }).returning()
      if (!saved) return missed(tx, post, id ?? 0)
      await writeDown(
        tx,
        admin,
        'directory',
        'directory.changed',
        { kind: 'post', id: saved.id, organisationId, name, made: !id },
        now,
      )
      return done({ id: saved.id })
    },
    refusedField('name', 'directory.refused.name_taken'),
  )
}

export async function exists(tx: Tx, organisationId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(eq(organisation.id, organisationId))
  return rows.length > 0
}
