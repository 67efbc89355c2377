import { and, eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { asSeen, changedFields, ROW_VERSION } from '#app/directory/commands/administer.ts'
import { siteLine } from '#db/schema/migration.ts'
import type { Input, lineInput } from '../input.ts'
import { changeSite, writeDown } from './on-site.ts'

/** An access of a site is added or changed; what it was before stays in the history of the site. */
export function saveLine(
  actor: Actor,
  { id, seen, siteId, ...wanted }: Input<typeof lineInput>,
  now: Date,
): Promise<Result<{ id: number }>> {
  return changeSite(actor, siteId, now, async (on) => {
    const { tx } = on
    const [before] = id
      ? await tx
          .select()
          .from(siteLine)
          .where(and(eq(siteLine.id, id), eq(siteLine.siteId, siteId)))
      : []
    if (id && !before) return refused('migration.refused.absent')
    const [saved] = id
      ? await tx
          .update(siteLine)
          .set(wanted)
          .where(asSeen(siteLine, id, seen))
          .returning()
      : await tx
          .insert(siteLine)
          .values({ siteId, ...wanted })
          .returning()
    if (!saved) {
      const [now] = await tx
        .select({ version: ROW_VERSION })
        .from(siteLine)
        .where(eq(siteLine.id, id ?? 0))
      return {
        ...refused('directory.refused.changed_meanwhile'),
        conflict: { version: Number(now?.version) },
      }
    }
    const fields = changedFields(before, wanted)
    await writeDown(on, 'migration.access_saved', {
      line: saved.id,
      kind: saved.kind,
      stage: saved.stage,
      made: !id,
      fields,
      before: Object.fromEntries(
        fields.map((field) => [field, before?.[field as keyof typeof before] ?? null]),
      ),
    })
    return done({ id: saved.id })
  })
}
