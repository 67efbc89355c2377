import { eq, gte } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { incident, incidentCandidate, proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { factsOf, joined, readRepeats, type Situation, situationAt } from '../facts.ts'
import { alreadyMade, correlate, type Proposal, reopenedAt } from '../rules/correlation.ts'
import type { ReportFact } from '../rules/facts.ts'
import { membershipOf } from '../rules/membership.ts'
import { outcomeOf } from '../rules/outcome.ts'
import { judgeAll, type QualificationVerdict } from '../rules/qualification.ts'
import { correlationInForce } from '../thresholds.ts'
import { alone } from './alone.ts'
import { joinIncident, openIncident } from './gather.ts'
import { hearNews } from './hear.ts'

export type Correlated = { judged: number; proposed: number[]; reopened: number[] }

/**
 * Reads all that is known at `now`: says of each new report whether it counts, attaches what belongs to an open incident,
 * and makes the proposals the facts support. One at a time in a world (advisory lock), and safe to run again at any moment.
 */
export function correlateNow(actor: MachineActor, now: Date): Promise<Correlated> {
  return asActor(actor, async (tx) => {
    await alone(tx, actor)
    const values = await correlationInForce(tx)
    await readRepeats(tx, now, values)
    const situation = await situationAt(tx, now, values)
    const listened = await hearNews(tx, actor, situation, values, now)
    const verdicts = judgeAll(situation.facts, situation.vitalNumbers, values)
    for (const { fact, verdict } of verdicts) {
      if (situation.unread.has(fact.id)) await readReport(tx, actor, situation, fact, verdict, values, now)
    }
    const found = correlate({ ...situation, now: now.getTime(), values })
    const made = await tx
      .select()
      .from(proposal)
      .where(gte(proposal.madeAt, new Date(now.getTime() - REMEMBERED_MS)))
    const { proposed, reopened } = listened
    for (const one of found) {
      const kept = await keep(tx, actor, situation, one, made, now)
      if (kept.news === 'made') proposed.push(kept.id)
      if (kept.news === 'reopened') reopened.push(kept.id)
    }
    return { judged: situation.unread.size, proposed, reopened }
  })
}

async function readReport(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  fact: ReportFact,
  verdict: QualificationVerdict,
  values: Awaited<ReturnType<typeof correlationInForce>>,
  now: Date,
): Promise<void> {
  await tx
    .update(cases)
    .set({
      qualifies: verdict.qualifies,
      qualificationReason: verdict.key,
      outcome: outcomeOf(verdict),
      relatedCaseId: verdict.relatedId,
    })
    .where(eq(cases.id, fact.id))
  if (situation.incidentOfCase.has(fact.id)) return
  const { incidents, movedOut } = situation
  const home = membershipOf({ fact, verdict, incidents, movedOut, values })
  if (!home) return
  if (home.certainty === 'candidate') {
    await tx
      .insert(incidentCandidate)
      .values({
        incidentId: home.incidentId,
        caseId: fact.id,
        exerciseId: actor.exerciseId,
        reasonKey: home.key,
        at: now,
      })
      .onConflictDoNothing()
    return
  }
  await joinIncident(
    tx,
    actor,
    {
      incidentId: home.incidentId,
      caseIds: [fact.id],
      reasonKey: home.key,
      lastAt: verdict.qualifies ? fact.at : null,
    },
    now,
  )
  joined(situation, home.incidentId, fact, verdict.qualifies)
}

/** Proposals older than two days belong to what is over: the longest window of a rule is half a day. */
const REMEMBERED_MS = 48 * 3_600_000

type Kept = { id: number; news: 'made' | 'reopened' | null }

/** Writes a proposal once; later readings only add the cases that joined, and re-open what was declined when news came. */
async function keep(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  one: Proposal,
  made: Known[],
  now: Date,
): Promise<Kept> {
  const known = alreadyMade(one, made)
  if (known) return refresh(tx, actor, situation, known, one, now)
  const incidentId = await openIncident(tx, actor, situation, one, now)
  // In an incident that is national already, an N3 for each of its centres asks people what they have answered.
  if (one.rule === 'R0' && one.level === 'N3' && incidentId && (await isNational(tx, incidentId)))
    return { id: 0, news: null }
  const [written] = await tx
    .insert(proposal)
    .values({
      key: one.key,
      exerciseId: actor.exerciseId,
      rule: one.rule,
      level: one.level,
      firedAt: new Date(one.firedAt),
      groupStart: new Date(one.groupStart),
      madeAt: now,
      caseIds: one.caseIds,
      reason: one.reason,
      incidentId,
    })
    .returning()
  if (!written) throw new Error(`proposal ${one.key} was not written`)
  made.push(written)
  const { id } = written
  await append(tx, actor, {
    chain: 'proposals',
    at: now,
    event: 'proposal.made',
    visibility: 'internal',
    ...(incidentId ? { incidentId } : {}),
    factAt: new Date(one.firedAt),
    data: {
      proposalId: id,
      rule: one.rule,
      level: one.level,
      reason: one.reason,
      caseIds: one.caseIds,
      groupStart: one.groupStart,
    },
  })
  return { id, news: 'made' }
}

async function isNational(tx: Tx, incidentId: number): Promise<boolean> {
  const [found] = await tx.select({ level: incident.level }).from(incident).where(eq(incident.id, incidentId))
  return found?.level === 4
}

type Known = typeof proposal.$inferSelect

async function refresh(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  known: Known,
  one: Proposal,
  now: Date,
): Promise<Kept> {
  const caseIds = [...new Set([...known.caseIds, ...one.caseIds])]
  const again =
    known.state === 'declined' && known.decidedAt
      ? reopenedAt({ ...one, caseIds }, known.decidedAt.getTime(), situation.facts)
      : null
  if (caseIds.length === known.caseIds.length && again === null) return { id: known.id, news: null }
  const earlier = Math.min(known.groupStart.getTime(), one.groupStart)
  await tx
    .update(proposal)
    .set({
      caseIds,
      reason: one.reason,
      groupStart: new Date(earlier),
      ...(again ? { state: 'open' as const, reopenedAt: new Date(again), version: known.version + 1 } : {}),
    })
    .where(eq(proposal.id, known.id))
  await gather(tx, actor, situation, known, caseIds, now)
  if (!again) return { id: known.id, news: null }
  await append(tx, actor, {
    chain: 'proposals',
    at: now,
    event: 'proposal.reopened',
    visibility: 'internal',
    ...(known.incidentId ? { incidentId: known.incidentId } : {}),
    data: { proposalId: known.id, rule: known.rule, level: known.level, reason: one.reason, caseIds },
  })
  return { id: known.id, news: 'reopened' }
}

/** What joins a proposal joins its incident: one cause seen over hours stays one incident. A refused proposal gathers nothing. */
async function gather(
  tx: Tx,
  actor: MachineActor,
  situation: Situation,
  known: Known,
  caseIds: number[],
  now: Date,
): Promise<void> {
  const { incidentId } = known
  if (
    incidentId === null ||
    known.state === 'declined' ||
    !situation.incidents.some((one) => one.id === incidentId)
  )
    return
  const news = factsOf(situation, caseIds).filter((fact) => !situation.incidentOfCase.has(fact.id))
  const last = Math.max(0, ...news.map((fact) => fact.at))
  await joinIncident(
    tx,
    actor,
    { incidentId, caseIds: news.map((fact) => fact.id), reasonKey: known.reason.key, lastAt: last || null },
    now,
  )
  for (const fact of news) joined(situation, incidentId, fact, true)
}
