import { and, eq, lte, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { proposal } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'

/** The cell is active: nobody is asked any more whether to activate it, neither by what silence answered nor by what came since. */
export async function settle(
  tx: Tx,
  actor: MachineActor,
  run: { id: number },
  since: Date,
  now: Date,
): Promise<void> {
  const settled = await tx
    .update(proposal)
    .set({
      state: 'accepted',
      decidedAt: now,
      decidedByName: actor.name,
      decidedById: null,
      // What somebody once refused it for is no reason of this.
      decisionReason: null,
      version: sql`${proposal.version} + 1`,
    })
    .where(and(eq(proposal.level, 'crisis'), eq(proposal.state, 'open'), lte(proposal.madeAt, now)))
    .returning()
  for (const one of settled) {
    await append(tx, actor, {
      chain: 'proposals',
      at: now,
      event: 'proposal.accepted',
      visibility: 'internal',
      ...(one.incidentId ? { incidentId: one.incidentId } : {}),
      data: {
        proposalId: one.id,
        rule: one.rule,
        level: one.level,
        caseIds: one.caseIds,
        activeSince: since.toISOString(),
        crisisId: run.id,
      },
    })
  }
}
