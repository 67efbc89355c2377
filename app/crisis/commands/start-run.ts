import { and, asc, desc, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { crisis } from '#db/schema/crisis.ts'
import { proposal } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'

/**
 * Starts the run of the crisis clock for the earliest proposal that no run has answered; nothing to start is undefined. Its clock
 * is that of its own episode: another one's older report says nothing of this one. Asked again, it starts with the news.
 */
export async function startRun(
  tx: Tx,
  actor: MachineActor,
  now: Date,
): Promise<typeof crisis.$inferSelect | undefined> {
  const [last] = await tx.select({ endedAt: crisis.endedAt }).from(crisis).orderBy(desc(crisis.id)).limit(1)
  const since = last?.endedAt ?? new Date(0)
  const [first] = await tx
    .select()
    .from(proposal)
    .where(
      and(
        eq(proposal.level, 'crisis'),
        lte(proposal.madeAt, now),
        or(
          and(eq(proposal.state, 'accepted'), or(gt(proposal.madeAt, since), gt(proposal.reopenedAt, since))),
          // Open, and no run of its own has asked since it was made or asked again.
          and(
            eq(proposal.state, 'open'),
            sql`not exists (select from ${crisis} r where r.proposal_id = ${proposal.id}
              and (${proposal.reopenedAt} is null or r.first_report_at >= ${proposal.reopenedAt}))`,
          ),
        ),
      ),
    )
    .orderBy(asc(proposal.firedAt), asc(proposal.id))
    .limit(1)
  return first && runFor(tx, actor, first, now)
}

/** A run of the clock for this proposal; who is known to be awake already, from the run it takes over. */
export async function runFor(
  tx: Tx,
  actor: MachineActor,
  first: typeof proposal.$inferSelect,
  now: Date,
  firstAnswerAt: Date | null = null,
): Promise<typeof crisis.$inferSelect | undefined> {
  const firstReportAt = first.reopenedAt ?? first.groupStart
  const secondSiteAt = await secondSite(tx, first.caseIds)
  const [row] = await tx
    .insert(crisis)
    .values({
      exerciseId: actor.exerciseId,
      proposalId: first.id,
      incidentId: first.incidentId,
      firstReportAt,
      proposedAt: first.reopenedAt ?? first.firedAt,
      secondSiteAt,
      firstAnswerAt,
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
