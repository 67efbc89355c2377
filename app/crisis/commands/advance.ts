import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { crisis } from '#db/schema/crisis.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { decide, type OpenProposal } from '../rules/activation.ts'
import { clockFrom } from '../rules/clock.ts'
import type { ClockValues } from '../rules/thresholds.ts'
import { clockInForce } from '../thresholds.ts'
import { enterCrisis } from './cell-state.ts'
import { callNext } from './ladder.ts'
import { settle } from './settle.ts'
import { startRun } from './start-run.ts'

type CrisisRow = typeof crisis.$inferSelect
type ProposalRow = typeof proposal.$inferSelect

export type Advanced = { activated: boolean; called: number | null; waiting: boolean }

/**
 * One turn of the crisis clock at `now`: starts the run of a crisis proposal, calls the next on the ladder, activates by a
 * person's word or by silence. Only facts and `now` decide, so it may run every second, twice at once, or again after a stop:
 * the lock lets one in, and what is stamped is not stamped again.
 */
export function advanceCrisis(actor: MachineActor, now: Date): Promise<Advanced> {
  return asActor(actor, async (tx) => {
    const idle = { activated: false, called: null, waiting: false }
    if (!(await anythingToDecide(tx))) return idle
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`crisis:${actor.exerciseId ?? 'real'}`}))`)
    const values = await clockInForce(tx)
    const run = (await running(tx)) ?? (await startRun(tx, actor, now))
    if (run?.activatedAt) await settle(tx, actor, run, run.activatedAt, now)
    if (!run || run.activatedAt) return idle

    const proposals = await proposalsOf(tx, run)
    const clockStart = await keepStart(tx, run, proposals)
    const verdict = decide(
      now.getTime(),
      proposals.map((one) => asked(one, clockStart, values)),
      values,
    )
    switch (verdict.kind) {
      case 'activate':
        await activate(tx, actor, run, proposals, verdict, now)
        return { activated: true, called: null, waiting: false }
      case 'ask':
        return { activated: false, called: await callNext(tx, actor, run.id, now, values), waiting: true }
      case 'wait':
        await rest(tx, actor, run, proposals, clockStart, values, now)
        return idle
    }
  })
}

/** Cheap enough for every second: an open crisis proposal, or a run that is not yet decided. */
async function anythingToDecide(tx: Tx): Promise<boolean> {
  const [one] = await tx
    .select({ id: proposal.id })
    .from(proposal)
    .where(and(eq(proposal.level, 'crisis'), inArray(proposal.state, ['open', 'accepted'])))
    .limit(1)
  if (one) return true
  const [run] = await tx
    .select({ id: crisis.id })
    .from(crisis)
    .where(and(isNull(crisis.endedAt), isNull(crisis.activatedAt)))
    .limit(1)
  return run !== undefined
}

async function running(tx: Tx): Promise<CrisisRow | undefined> {
  const [row] = await tx.select().from(crisis).where(isNull(crisis.endedAt)).for('update')
  return row
}

function proposalsOf(tx: Tx, run: CrisisRow): Promise<ProposalRow[]> {
  return tx
    .select()
    .from(proposal)
    .where(
      and(
        eq(proposal.level, 'crisis'),
        or(
          gt(proposal.madeAt, run.firstReportAt),
          eq(proposal.id, run.proposalId),
          gt(proposal.reopenedAt, run.firstReportAt),
        ),
      ),
    )
    .orderBy(asc(proposal.firedAt))
}

/** An older report of the same run can only bring the end forward. */
async function keepStart(tx: Tx, run: CrisisRow, proposals: ProposalRow[]): Promise<Date> {
  const earliest = new Date(
    Math.min(run.firstReportAt.getTime(), ...proposals.map((one) => one.groupStart.getTime())),
  )
  if (earliest < run.firstReportAt)
    await tx.update(crisis).set({ firstReportAt: earliest }).where(eq(crisis.id, run.id))
  return earliest
}

function asked(one: ProposalRow, clockStart: Date, values: ClockValues): OpenProposal {
  const decided = one.state !== 'open' || one.reopenedAt !== null
  return {
    key: one.key,
    level: one.level,
    proposedAt: one.madeAt.getTime(),
    clock: clockFrom(Math.min(one.groupStart.getTime(), clockStart.getTime()), values),
    decision:
      decided && one.decidedAt
        ? {
            kind: one.state === 'accepted' ? 'accepted' : 'declined',
            at: one.decidedAt.getTime(),
            by: one.decidedByName ?? '',
            reason: one.decisionReason,
          }
        : null,
    reopenedAt: one.reopenedAt?.getTime() ?? null,
  }
}

type Activation = Extract<ReturnType<typeof decide>, { kind: 'activate' }>

async function activate(
  tx: Tx,
  actor: MachineActor,
  run: CrisisRow,
  proposals: ProposalRow[],
  verdict: Activation,
  now: Date,
): Promise<void> {
  const one = proposals.find((candidate) => candidate.key === verdict.proposal)
  const decidedBy = verdict.by === 'person' ? one : undefined
  await tx
    .update(crisis)
    .set({
      activatedAt: now,
      activatedBy: verdict.by,
      activatedById: decidedBy?.decidedById ?? null,
      activatedByName: verdict.name ?? actor.name,
      decidedAt: decidedBy?.decidedAt ?? null,
      declinedAt: null,
      incidentId: run.incidentId ?? one?.incidentId ?? null,
      version: run.version + 1,
    })
    .where(and(eq(crisis.id, run.id), isNull(crisis.activatedAt)))
  const incidentId = run.incidentId ?? one?.incidentId ?? null
  if (incidentId) await tx.update(incident).set({ level: 4 }).where(eq(incident.id, incidentId))
  await enterCrisis(
    tx,
    actor,
    {
      by: verdict.name ?? actor.name,
      byId: decidedBy?.decidedById ?? null,
      silence: verdict.by === 'silence',
      incidentId,
    },
    now,
  )
  await settle(tx, actor, run, now, now)
  await append(tx, actor, {
    chain: `crisis:${run.id}`,
    at: now,
    event: 'crisis.activated',
    visibility: 'internal',
    factAt: new Date(verdict.at),
    ...(incidentId ? { incidentId } : {}),
    data: {
      by: verdict.by,
      name: verdict.name,
      dueAt: new Date(verdict.at).toISOString(),
      firstReportAt: run.firstReportAt.toISOString(),
      proposalId: one?.id ?? null,
    },
  })
}

/** Everything was declined: said once; when the thirty minutes are over, the run ends and later news starts its own. */
async function rest(
  tx: Tx,
  actor: MachineActor,
  run: CrisisRow,
  proposals: ProposalRow[],
  start: Date,
  values: ClockValues,
  now: Date,
): Promise<void> {
  const declined = proposals.filter((one) => one.state === 'declined')
  if (declined.length === 0) return
  if (!run.declinedAt) {
    await tx
      .update(crisis)
      .set({ declinedAt: now, decidedAt: declined[0]?.decidedAt ?? now })
      .where(eq(crisis.id, run.id))
    await append(tx, actor, {
      chain: `crisis:${run.id}`,
      at: now,
      event: 'crisis.declined',
      visibility: 'internal',
      ...(run.incidentId ? { incidentId: run.incidentId } : {}),
      data: { by: declined[0]?.decidedByName ?? null, reason: declined[0]?.decisionReason ?? null },
    })
  }
  if (now.getTime() >= clockFrom(start.getTime(), values).endsAt) {
    await tx.update(crisis).set({ endedAt: now }).where(eq(crisis.id, run.id))
    await append(tx, actor, {
      chain: `crisis:${run.id}`,
      at: now,
      event: 'crisis.ended',
      visibility: 'internal',
      data: { declined: true },
    })
  }
}
