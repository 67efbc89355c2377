import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { makeReference, yearOfNumber } from '#app/cases/rules/reference-number.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { factsOf, joined, type Situation } from '../facts.ts'
import type { Proposal } from '../rules/correlation.ts'
import { episodeHome, incidentOf, looksLike } from '../rules/membership.ts'
import type { Episode } from '../rules/watch.ts'
import { closeInto, moveCases } from './move.ts'
import { keepName } from './name.ts'
import { raiseIncident } from './raise.ts'

export type Joining = {
  incidentId: number
  caseIds: number[]
  reasonKey?: string
  reason?: string
  lastAt: number | null
}

/** Attaches cases to an incident: their own state never changes by it, and each attachment can be undone. */
export async function joinIncident(tx: Tx, actor: Actor, joining: Joining, now: Date): Promise<number[]> {
  if (joining.caseIds.length === 0) return []
  const attached = await tx
    .update(cases)
    .set({ incidentId: joining.incidentId })
    .where(and(inArray(cases.id, joining.caseIds), isNull(cases.incidentId)))
    .returning({ id: cases.id, reference: cases.reference })
  if (joining.lastAt !== null) {
    await tx
      .update(incident)
      .set({
        lastAt: sql`greatest(${incident.lastAt}, ${new Date(joining.lastAt).toISOString()}::timestamptz)`,
      })
      .where(eq(incident.id, joining.incidentId))
  }
  if (attached.length > 0) await keepName(tx, joining.incidentId)
  const lines = attached.flatMap(({ id, reference }): Line[] => {
    const data = {
      incidentId: joining.incidentId,
      caseId: id,
      reference,
      ...(joining.reasonKey ? { reasonKey: joining.reasonKey } : {}),
    }
    const line = { at: now, visibility: 'internal', text: joining.reason ?? null, data } as const
    return [
      { ...line, chain: `case:${id}`, caseId: id, event: 'case.attached_incident' },
      {
        ...line,
        chain: `incident:${joining.incidentId}`,
        incidentId: joining.incidentId,
        event: 'incident.case_attached',
      },
    ]
  })
  await append(tx, actor, ...lines)
  return attached.map((one) => one.id)
}

/** The incident of a proposal: the open one that holds its cases, else a new one; a check opens none. */
export async function openIncident(
  tx: Tx,
  actor: Actor,
  situation: Situation,
  one: Proposal,
  now: Date,
): Promise<number | null> {
  const home = incidentOf(one, situation.incidents)
  if (home.kind === 'none') return null
  const facts = factsOf(situation, one.caseIds)
  const first = facts[0]
  if (home.kind === 'new' && !first) return null
  const incidentId =
    home.kind === 'existing'
      ? home.incidentId
      : await makeIncident(tx, actor, situation, one, one.level === 'crisis' ? 4 : 3, now)
  const loose = facts.filter((fact) => !situation.incidentOfCase.has(fact.id))
  const last = Math.max(...facts.map((fact) => fact.at), 0)
  await joinIncident(
    tx,
    actor,
    { incidentId, caseIds: loose.map((fact) => fact.id), reasonKey: one.reason.key, lastAt: last || null },
    now,
  )
  for (const fact of loose) joined(situation, incidentId, fact, true)
  return incidentId
}

/**
 * The incident of an episode holds all of its cases, also those that the machine had put with a fault of their place before
 * anybody knew: only what a person put elsewhere stays there. An incident that is empty afterwards closes into it.
 */
export async function gatherEpisode(
  tx: Tx,
  actor: Actor,
  situation: Situation,
  episode: Episode,
  known: { id: number | null; reason: Proposal['reason'] },
  now: Date,
): Promise<number | null> {
  const facts = factsOf(situation, episode.voices)
  if (facts.length === 0) return known.id
  const home = { start: episode.start, caseIds: episode.voices }
  const found = known.id ?? episodeHome(home, situation.incidents)
  const [held] = found === null ? [] : await tx.select().from(incident).where(eq(incident.id, found))
  if (held && held.state === 'closed') return known.id
  const level: Level = episode.sureAt === null ? 3 : 4
  const into =
    held?.id ??
    (await makeIncident(
      tx,
      actor,
      situation,
      { rule: episode.rule, firedAt: episode.firedAt, reason: known.reason },
      level,
      now,
    ))
  await raiseIncident(tx, actor, into, level, now)
  const mine = facts.filter((fact) => !refusedBy(situation, into, fact.id))
  const elsewhere = new Set(mine.flatMap((fact) => situation.incidentOfCase.get(fact.id) ?? []))
  const moved = await moveCases(
    tx,
    actor,
    {
      ...{
        into,
        caseIds: mine.map((fact) => fact.id),
        reasonKey: 'triggers.membership.episode',
        byHand: false,
      },
      lastAt: Math.max(...mine.map((fact) => fact.at), 0) || null,
    },
    now,
  )
  for (const fact of facts) if (moved.includes(fact.id)) joined(situation, into, fact, true)
  for (const id of elsewhere) if (id !== into) await closeWhenEmpty(tx, actor, situation, id, into, now)
  return into
}

/** Moved out of it by a person: the machine does not put it back. */
function refusedBy(situation: Situation, incidentId: number, caseId: number): boolean {
  const fact = situation.facts.find((one) => one.id === caseId)
  return (
    fact !== undefined &&
    situation.movedOut.some((one) => one.incidentId === incidentId && looksLike(fact, one))
  )
}

async function closeWhenEmpty(
  tx: Tx,
  actor: Actor,
  situation: Situation,
  id: number,
  into: number,
  now: Date,
): Promise<void> {
  const [left] = await tx.select({ id: cases.id }).from(cases).where(eq(cases.incidentId, id)).limit(1)
  if (left) return
  const both = await tx
    .select()
    .from(incident)
    .where(inArray(incident.id, [id, into]))
  const from = both.find((one) => one.id === id)
  const to = both.find((one) => one.id === into)
  if (!from || !to || from.state === 'closed') return
  await closeInto(tx, actor, from, to, null, now)
  situation.incidents = situation.incidents.filter((one) => one.id !== id)
}

async function makeIncident(
  tx: Tx,
  actor: Actor,
  situation: Situation,
  one: Pick<Proposal, 'rule' | 'firedAt' | 'reason'>,
  level: Level,
  now: Date,
): Promise<number> {
  const reference = await nextIncidentReference(tx, actor, now)
  const [made] = await tx
    .insert(incident)
    .values({
      reference,
      exerciseId: exerciseOf(actor),
      state: 'suspected',
      level,
      openedAt: now,
      lastAt: new Date(one.firedAt),
    })
    .returning({ id: incident.id })
  const id = made?.id as number
  situation.incidents.push({
    id,
    state: 'suspected',
    openedAt: now.getTime(),
    lastAt: one.firedAt,
    caseIds: [],
    organisations: [],
    territories: [],
    families: [],
  })
  await append(tx, actor, {
    chain: `incident:${id}`,
    incidentId: id,
    at: now,
    event: 'incident.opened',
    visibility: 'internal',
    data: { reference, rule: one.rule, level, reason: one.reason },
  })
  return id
}

export async function nextIncidentReference(tx: Tx, actor: Actor, now: Date): Promise<string> {
  const world = exerciseOf(actor) === null ? 'incident' : 'exercise_incident'
  const year = yearOfNumber(now)
  const [next] = await tx.execute<{ rank: number }>(
    sql`select app.next_case_number(${world}, ${year})::int as rank`,
  )
  return `INC-${makeReference(year, next?.rank ?? 0, exerciseOf(actor) !== null)}`
}
