import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { raiseIncident } from '#app/incidents/commands/raise.ts'
import { crisis } from '#db/schema/crisis.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type ActivationVerdict, decide, type OpenProposal } from '../rules/activation.ts'
import { clockFrom } from '../rules/clock.ts'
import type { ClockValues } from '../rules/thresholds.ts'
import { clockInForce } from '../thresholds.ts'
import { enterCrisis } from './cell-state.ts'
import { callNext } from './ladder.ts'
import { settle } from './settle.ts'
import { runFor, startRun } from './start-run.ts'

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
    if (run?.activatedAt && isUnheard(run))
      return { ...idle, called: await callNext(tx, actor, run, now, values, 1) }
    if (!run || run.activatedAt) return idle

    const proposals = await proposalsOf(tx, run)
    const verdict = decide(
      now.getTime(),
      proposals.map((one) => asked(one, values)),
      values,
    )
    if (verdict.kind === 'wait') {
      await rest(tx, actor, run, proposals, values, now)
      return idle
    }
    const mine = await runOf(tx, actor, run, proposals, verdict, now)
    if (verdict.kind === 'ask')
      return { activated: false, called: await callNext(tx, actor, mine, now, values), waiting: true }
    await activate(tx, actor, mine, proposals, verdict, now)
    return { activated: true, called: null, waiting: false }
  })
}

/**
 * The run whose clock tells the truth of what is asked: each question has its own. One that was refused hands over to the next
 * at once, or to itself when news asks again; what activates does so in its own run, whichever was asked first.
 */
async function runOf(
  tx: Tx,
  actor: MachineActor,
  run: CrisisRow,
  proposals: ProposalRow[],
  verdict: Exclude<ActivationVerdict, { kind: 'wait' }>,
  now: Date,
): Promise<CrisisRow> {
  const own = proposals.find((one) => one.id === run.proposalId)
  const wanted = proposals.find((one) => one.key === verdict.proposal)
  const stands = own !== undefined && !askedAgain(own, run)
  if (!wanted || (wanted.id === run.proposalId && stands)) return own ? keepStart(tx, run, own) : run
  const waiting = stands && own.state === 'open'
  if (verdict.kind === 'ask' && waiting) return keepStart(tx, run, own)
  if (stands && !waiting) await sayDeclined(tx, actor, run, own, now)
  await endRun(tx, actor, run, now, { passedOn: true })
  // Who answered while this was still asked is awake: silence about the other need not call on. A refusal called nobody further.
  return (await runFor(tx, actor, wanted, now, waiting ? run.firstAnswerAt : null)) ?? run
}

/** Refused, and asked again by news since this run began: its stamps and whoever answered it are those of the former question. */
function askedAgain(own: ProposalRow, run: CrisisRow): boolean {
  return own.reopenedAt !== null && own.reopenedAt > run.firstReportAt
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
    .where(
      and(
        isNull(crisis.endedAt),
        or(isNull(crisis.activatedAt), and(eq(crisis.activatedBy, 'silence'), isNull(crisis.firstAnswerAt))),
      ),
    )
    .limit(1)
  return run !== undefined
}

/** Silence has activated, and nobody is known to be awake: the rest of the ladder is called too, each once. */
function isUnheard({ activatedBy, firstAnswerAt }: CrisisRow): boolean {
  return activatedBy === 'silence' && firstAnswerAt === null
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

/** An older report of its own episode can only bring the end forward; another episode has a clock of its own. */
async function keepStart(tx: Tx, run: CrisisRow, own: ProposalRow): Promise<CrisisRow> {
  if (own.reopenedAt || own.groupStart >= run.firstReportAt) return run
  await tx.update(crisis).set({ firstReportAt: own.groupStart }).where(eq(crisis.id, run.id))
  return { ...run, firstReportAt: own.groupStart }
}

function asked(one: ProposalRow, values: ClockValues): OpenProposal {
  const askedAt = one.reopenedAt ?? one.madeAt
  return {
    key: one.key,
    level: one.level,
    proposedAt: askedAt.getTime(),
    sureAt: one.episode ? (one.sureAt?.getTime() ?? null) : askedAt.getTime(),
    clock: clockFrom((one.reopenedAt ?? one.groupStart).getTime(), values),
    decision: decisionOf(one),
    reopenedAt: null,
  }
}

/** Asked again, its former answer is no answer (the row holds none). Explained from outside or lapsed: nobody is asked. */
function decisionOf(one: ProposalRow): OpenProposal['decision'] {
  if (one.state === 'open' || !one.decidedAt) return null
  const kind = one.state === 'accepted' ? 'accepted' : 'declined'
  return { kind, at: one.decidedAt.getTime(), by: one.decidedByName ?? '', reason: one.decisionReason }
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
      incidentId: one?.incidentId ?? run.incidentId ?? null,
      version: run.version + 1,
    })
    .where(and(eq(crisis.id, run.id), isNull(crisis.activatedAt)))
  const incidentId = one?.incidentId ?? run.incidentId ?? null
  if (incidentId) await raiseIncident(tx, actor, incidentId, 4, now)
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
  values: ClockValues,
  now: Date,
): Promise<void> {
  const answered = proposals.filter((one) => one.state !== 'open' && one.state !== 'accepted')
  const own = answered.find((one) => one.id === run.proposalId) ?? answered[0]
  if (!own) return
  await sayDeclined(tx, actor, run, own, now)
  if (now.getTime() >= clockFrom(run.firstReportAt.getTime(), values).endsAt)
    await endRun(tx, actor, run, now, { declined: true })
}

async function sayDeclined(
  tx: Tx,
  actor: MachineActor,
  run: CrisisRow,
  own: ProposalRow,
  now: Date,
): Promise<void> {
  if (run.declinedAt) return
  await tx
    .update(crisis)
    .set({ declinedAt: now, decidedAt: own.decidedAt ?? now })
    .where(eq(crisis.id, run.id))
  await append(tx, actor, {
    chain: `crisis:${run.id}`,
    at: now,
    event: 'crisis.declined',
    visibility: 'internal',
    ...(run.incidentId ? { incidentId: run.incidentId } : {}),
    data: { by: own.decidedByName, reason: own.decisionReason },
  })
}

async function endRun(
  tx: Tx,
  actor: MachineActor,
  run: CrisisRow,
  now: Date,
  data: Record<string, boolean>,
): Promise<void> {
  await tx.update(crisis).set({ endedAt: now }).where(eq(crisis.id, run.id))
  await append(tx, actor, {
    chain: `crisis:${run.id}`,
    at: now,
    event: 'crisis.ended',
    visibility: 'internal',
    data,
  })
}
