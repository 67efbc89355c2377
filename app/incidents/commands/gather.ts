import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Actor, exerciseOf } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { makeReference, yearOfNumber } from '#app/cases/rules/reference-number.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { incident } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { factsOf, joined, type Situation } from '../facts.ts'
import type { Proposal } from '../rules/correlation.ts'
import { incidentOf } from '../rules/membership.ts'

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
  for (const { id, reference } of attached) {
    const data = {
      incidentId: joining.incidentId,
      caseId: id,
      reference,
      ...(joining.reasonKey ? { reasonKey: joining.reasonKey } : {}),
    }
    const line = { at: now, visibility: 'internal', text: joining.reason ?? null, data } as const
    await append(tx, actor, { ...line, chain: `case:${id}`, caseId: id, event: 'case.attached_incident' })
    await append(tx, actor, {
      ...line,
      chain: `incident:${joining.incidentId}`,
      incidentId: joining.incidentId,
      event: 'incident.case_attached',
    })
  }
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
    home.kind === 'existing' ? home.incidentId : await makeIncident(tx, actor, situation, one, now)
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

async function makeIncident(
  tx: Tx,
  actor: Actor,
  situation: Situation,
  one: Proposal,
  now: Date,
): Promise<number> {
  const reference = await nextIncidentReference(tx, actor, now)
  const level: Level = one.level === 'crisis' ? 4 : 3
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
