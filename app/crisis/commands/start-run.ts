import { and, asc, desc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { crisis } from '#db/schema/crisis.ts'
import { proposal } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'

/** Starts the run of the crisis clock for the earliest proposal that no run has answered; nothing to start is undefined. */
export async function startRun(
  tx: Tx,
  actor: MachineActor,
  now: Date,
): Promise<typeof crisis.$inferSelect | undefined> {
  const [last] = await tx.select({ endedAt: crisis.endedAt }).from(crisis).orderBy(desc(crisis.id)).limit(1)
  const since = last?.endedAt ?? new Date(0)
  const fresh = await tx
    .select()
    .from(proposal)
    .where(
      and(
        eq(proposal.level, 'crisis'),
        inArray(proposal.state, ['open', 'accepted']),
        lte(proposal.madeAt, now),
        or(gt(proposal.madeAt, since), gt(proposal.reopenedAt, since)),
      ),
    )
    .orderBy(asc(proposal.firedAt), asc(proposal.id))
  const first = fresh[0]
  if (!first) return undefined
  const firstReportAt = new Date(Math.min(...fresh.map((one) => one.groupStart.getTime())))
  const secondSiteAt = await secondSite(tx, first.caseIds)
  const [row] = await tx
    .insert(crisis)
    .values({
      exerciseId: actor.exerciseId,
      proposalId: first.id,
      incidentId: first.incidentId,
      firstReportAt,
      proposedAt: first.firedAt,
      secondSiteAt,
    })
    .returning()
  if (row) {
    const on = {
      chain: `crisis:${row.id}`,
      at: now,
      visibility: 'internal',
      ...(first.incidentId ? { incidentId: first.incidentId } : {}),
    } as const
    const started: Line = {
      ...on,
      event: 'crisis.clock_started',
      factAt: firstReportAt,
      data: {
        proposalId: first.id,
        rule: first.rule,
        reason: first.reason,
        firstReportAt: firstReportAt.toISOString(),
      },
    }
    const second: Line[] = secondSiteAt ? [{ ...on, event: 'crisis.second_site', factAt: secondSiteAt }] : []
    await append(tx, actor, started, ...second)
  }
  return row
}

/** When the second territory spoke: the step between a fault and a crisis. */
async function secondSite(tx: Tx, caseIds: number[]): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`
    select min(received_at) as at from cases where id = any (${`{${caseIds.join(',')}}`}::bigint[])
      and territory_code <> (select territory_code from cases where id = any (${`{${caseIds.join(',')}}`}::bigint[]) order by received_at, id limit 1)`)
  return row?.at ? new Date(row.at) : null
}
