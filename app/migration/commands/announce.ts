import { sql } from 'drizzle-orm'
import { actorName } from '#app/_auth/actor.ts'
import { beginning } from '#app/_doors/rules/cut.ts'
import type { moveStep } from '#db/schema/migration.ts'
import { works } from '#db/schema/supervision.ts'
import type { OnSite } from './on-site.ts'

type Step = typeof moveStep.$inferSelect

/**
 * A cut-over is works like any other: in their calendar, supervision, intake and whoever works a case of that place see it coming,
 * with its hours, its numbers and its way back. Announced anew when its hours change, taken out when it is given up.
 */
export async function announceCutOver({ tx, admin, site, now }: OnSite, step: Step): Promise<void> {
  if (step.kind !== 'cut_over') return
  const [us] = await tx.execute<{ name: string | null }>(
    sql`select value #>> '{}' as name from setting where key = 'operator_name'`,
  )
  const operator = us?.name || site.organisation
  const row = {
    title: beginning(`${site.organisation}, ${site.name}`, 200),
    territories: [site.territoryCode],
    numbers: site.numbers,
    fromAt: step.startedAt ?? step.startsAt,
    // Over when it was done or failed, whatever had been planned.
    toAt: later(step.endedAt ?? step.endsAt, step.startedAt ?? step.startsAt),
    contact: step.ownerName,
    wayBack: step.wayBack,
    cancelledAt: step.state === 'cancelled' ? now : null,
  }
  await tx
    .insert(works)
    .values({
      reference: referenceOf(step),
      operator,
      announcedAt: now,
      announcedByName: actorName(admin),
      ...row,
    })
    .onConflictDoUpdate({ target: [works.operator, works.reference], set: row })
}

/** Works that last no time are none. */
function later(end: Date, start: Date): Date {
  return new Date(Math.max(end.getTime(), start.getTime() + 60_000))
}

function referenceOf({ id }: Step): string {
  return `migration-${id}`
}
