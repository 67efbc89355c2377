import { and, eq, ne } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import type { activeInput, Input } from '../input.ts'
import { administer, writeDown } from './administer.ts'
import { keepVersions, sitesAsTheyAre } from './keep-version.ts'

const TABLES = { organisation, post, contact, site }

/** Out of use, or in use again. Nothing of the directory is ever deleted: cases of last year name it. */
export function setActive(
  actor: Actor,
  { kind, id, active }: Input<typeof activeInput>,
  now: Date,
): Promise<Result<{ active: boolean }>> {
  return administer(actor, 'directory.keep', async (tx, admin) => {
    const table = TABLES[kind]
    const [known] = await tx.select({ id: table.id }).from(table).where(eq(table.id, id))
    if (!known) return refused('directory.refused.absent')
    const before = kind === 'site' ? await sitesAsTheyAre(tx, [id]) : []
    const changed = await tx
      .update(table)
      .set({ active })
      .where(and(eq(table.id, id), ne(table.active, active)))
      .returning({ id: table.id })
    if (changed.length > 0) {
      await keepVersions(tx, admin, before, now)
      await writeDown(tx, admin, 'directory', 'directory.changed', { kind, id, active }, now)
    }
    return done({ active })
  })
}
