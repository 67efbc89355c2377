import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { site } from '#db/schema/directory.ts'
import { move } from '#db/schema/migration.ts'
import { asActor } from '#db/transaction.ts'

const AT_ONCE = 100

/** The clock's part: a site that was not contacted by the hour promised is told to the lead, once. */
export function missPromises(clock: MachineActor, now: Date): Promise<{ more: boolean }> {
  return asActor(clock, async (tx) => {
    const due = await tx
      .select({ siteId: move.siteId, name: site.name, organisationId: site.organisationId })
      .from(move)
      .innerJoin(site, eq(site.id, move.siteId))
      .where(and(isNull(move.endedAt), isNull(move.promiseMissedAt), lte(move.nextContactAt, now)))
      .orderBy(asc(move.nextContactAt))
      .limit(AT_ONCE)
      .for('update', { of: move, skipLocked: true })
    for (const { siteId, name, organisationId } of due) {
      await tx.update(move).set({ promiseMissedAt: now }).where(eq(move.siteId, siteId))
      await append(tx, clock, {
        chain: `migration:${siteId}`,
        event: 'migration.promise_missed',
        visibility: 'internal',
        at: now,
        data: { siteId, site: name, organisationId },
      })
    }
    return { more: due.length === AT_ONCE }
  })
}
