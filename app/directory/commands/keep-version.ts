import { inArray } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { site } from '#db/schema/directory.ts'
import { siteVersion } from '#db/schema/migration.ts'
import type { Tx } from '#db/transaction.ts'

type Site = typeof site.$inferSelect

/** These sites as they were until now: whoever asks later sees what a site was, and until when. */
export async function keepVersions(tx: Tx, actor: Actor, before: readonly Site[], now: Date): Promise<void> {
  if (before.length === 0 || actor.kind === 'door') return
  await tx
    .insert(siteVersion)
    .values(before.map(({ id, ...was }) => ({ siteId: id, until: now, byName: actor.name, was })))
}

/** The sites as they are, to be kept once they are changed. */
export async function sitesAsTheyAre(tx: Tx, ids: readonly number[]): Promise<Site[]> {
  return ids.length === 0
    ? []
    : tx
        .select()
        .from(site)
        .where(inArray(site.id, [...ids]))
}
