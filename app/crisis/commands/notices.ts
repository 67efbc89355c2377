import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { holdIncident } from '#app/incidents/commands/change.ts'
import { picture } from '#app/incidents/picture.ts'
import { crisis, type NoticeBody, notice, noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { draftInput, Input, issueInput, sendInput } from '../input.ts'
import { audienceOf, SERVICE_KINDS } from '../rules/audiences.ts'
import { annexFor, nextReportAt } from '../rules/notices.ts'

/** Generated from the facts, to be edited by a person: an authority notice, or the next numbered situation report. */
export function draftNotice(
  actor: Actor,
  input: Input<typeof draftInput>,
  now: Date,
): Promise<Result<{ noticeId: number; number: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'notices.write')) return refused('crisis.refused.absent')
    const one = await holdIncident(tx, input.incident)
    if (!one) return refused('crisis.refused.absent')
    const [open] = await tx
      .select()
      .from(notice)
      .where(and(eq(notice.incidentId, one.id), eq(notice.kind, input.kind), eq(notice.state, 'draft')))
    const facts = await picture(tx, one.id, now)
    if (open) {
      await tx
        .update(notice)
        .set({ asOf: now, body: { ...open.body, changes: undefined, facts }, version: open.version + 1 })
        .where(eq(notice.id, open.id))
      return { ok: true, value: { noticeId: open.id, number: open.number } }
    }
    const [last] = await tx
      .select({ number: notice.number, body: notice.body })
      .from(notice)
      .where(and(eq(notice.incidentId, one.id), eq(notice.kind, input.kind)))
      .orderBy(sql`${notice.number} desc`)
      .limit(1)
    const [run] = await tx
      .select({ id: crisis.id, activatedAt: crisis.activatedAt })
      .from(crisis)
      .where(isNull(crisis.endedAt))
    const number = (last?.number ?? 0) + 1
    const { facts: _, changes: __, to: ___, ...words } = last?.body ?? {}
    const body: NoticeBody = { causeStatus: 'unknown', ...words, incident: one.reference, facts }
    const [made] = await tx
      .insert(notice)
      .values({
        exerciseId: exerciseOf(actor),
        kind: input.kind,
        number,
        incidentId: one.id,
        crisisId: run?.id ?? null,
        state: 'draft',
        asOf: now,
        nextAt: nextReportAt(run?.activatedAt ?? one.openedAt, now),
        body,
      })
      .returning({ id: notice.id })
    const noticeId = made?.id as number
    await append(tx, actor, {
      chain: `incident:${one.id}`,
      incidentId: one.id,
      at: now,
      event: 'notice.drafted',
      visibility: 'internal',
      data: { noticeId, kind: input.kind, number },
    })
    return { ok: true, value: { noticeId, number } }
  })
}

/** Same text for all, local annex; who must acknowledge, and until when. Issued once: what follows is the next number. */
export function issueNotice(
  actor: Actor,
  input: Input<typeof issueInput>,
  now: Date,
): Promise<Result<{ recipients: number }>> {
  return asActor(actor, async (tx) => {
    const one = await heldDraft(tx, actor, input, now)
    if ('ok' in one) return one
    const services = input.body.services ? await servicesTouched(tx, one.incidentId) : []
    const to = await tx
      .select({
        id: organisation.id,
        kind: organisation.kind,
        territoryCode: organisation.territoryCode,
        sees: organisation.sees,
      })
      .from(organisation)
      .where(inArray(organisation.id, [...input.organisationIds, ...services]))
    if (to.length === 0) return refusedField('organisationIds', 'crisis.invalid.recipients')
    const { annexes, audiences, services: _, ...words } = input.body
    const places = await tx
      .select({ code: territory.code, region: territory.regionCode, zone: territory.zoneCode })
      .from(territory)
      .where(inArray(territory.code, Object.keys(annexes)))
    const held = places.map(({ code, region, zone }) => ({
      code,
      parents: [region, zone].filter((parent) => parent !== null),
    }))
    // What is left blank is not said again. The annexes stand on the rows of the recipients: each reads its own only.
    const body = {
      facts: one.body.facts,
      incident: one.body.incident,
      ...Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null)),
    } as NoticeBody
    await tx
      .update(notice)
      .set({
        state: 'issued',
        body,
        nextAt: input.nextAt,
        issuedAt: now,
        issuedById: actorId(actor),
        issuedByName: actor.kind === 'door' ? null : actor.name,
        version: one.version + 1,
      })
      .where(eq(notice.id, one.id))
    await tx.insert(noticeRecipient).values(
      to.map((org) => ({
        exerciseId: exerciseOf(actor),
        noticeId: one.id,
        organisationId: org.id,
        // Its own places, then the words for whoever does what it does.
        annex:
          [annexFor(org, annexes, held), audiences?.[audienceOf(org.kind)]].filter(Boolean).join('\n\n') ||
          null,
        toldAt: now,
      })),
    )
    if (one.crisisId) await stamp(tx, one.crisisId, 'firstNoticeAt', now)
    await append(tx, actor, {
      chain: `incident:${one.incidentId}`,
      ...(one.incidentId ? { incidentId: one.incidentId } : {}),
      at: now,
      event: 'notice.issued',
      visibility: 'internal',
      text: body.text ?? null,
      data: {
        noticeId: one.id,
        kind: one.kind,
        number: one.number,
        recipients: to.length,
        nextAt: input.nextAt.toISOString(),
      },
    })
    return { ok: true, value: { recipients: to.length } }
  })
}

/** Written, and about to be read once more before it is sent: what will be said, and to whom, is kept with the draft. */
export function prepareNotice(
  actor: Actor,
  input: Input<typeof issueInput>,
  now: Date,
): Promise<Result<{ noticeId: number }>> {
  return asActor(actor, async (tx) => {
    const one = await heldDraft(tx, actor, input, now)
    if ('ok' in one) return one
    if (input.organisationIds.length === 0)
      return refusedField('organisationIds', 'crisis.invalid.recipients')
    const words = Object.fromEntries(Object.entries(input.body).filter(([, value]) => value !== null))
    const body: NoticeBody = {
      ...words,
      facts: one.body.facts,
      incident: one.body.incident,
      to: input.organisationIds,
    }
    await tx
      .update(notice)
      .set({ body, nextAt: input.nextAt, version: one.version + 1 })
      .where(eq(notice.id, one.id))
    await append(tx, actor, {
      ...{ chain: `incident:${one.incidentId}`, ...(one.incidentId ? { incidentId: one.incidentId } : {}) },
      ...{ at: now, event: 'notice.drafted', visibility: 'internal' },
      text: input.body.text,
      data: {
        noticeId: one.id,
        kind: one.kind,
        number: one.number,
        recipients: input.organisationIds.length,
      },
    })
    return { ok: true, value: { noticeId: one.id } }
  })
}

/** What was checked is what is sent: the words and recipients of the draft, as they were read. */
export async function sendPrepared(
  actor: Actor,
  { noticeId, version }: Input<typeof sendInput>,
  now: Date,
): Promise<Result<{ recipients: number }>> {
  if (!may(actor, 'notices.write')) return refused('crisis.refused.absent')
  const [one] = await asActor(actor, (tx) => tx.select().from(notice).where(eq(notice.id, noticeId)))
  if (!one?.nextAt || !one.body.to) return refused('crisis.refused.absent')
  const { to, facts: _, incident: __, ...words } = one.body
  return issueNotice(
    actor,
    {
      ...{ noticeId, version, nextAt: one.nextAt, organisationIds: to },
      body: { ...SILENT, ...words },
    },
    now,
  )
}

const SILENT = {
  ...{ changes: null, causeStatus: 'unknown' as const, cause: null, action: null, instruction: null },
  ...{ fallback: null, estimate: null, contact: null, text: null, annexes: {} },
}

/** The draft, nobody else's until the transaction ends, when it may be sent as it was written. */
async function heldDraft(
  tx: Tx,
  actor: Actor,
  input: Input<typeof issueInput>,
  now: Date,
): Promise<typeof notice.$inferSelect | Refusal> {
  if (!may(actor, 'notices.write')) return refused('crisis.refused.absent')
  const [one] = await tx.select().from(notice).where(eq(notice.id, input.noticeId)).for('update')
  if (!one) return refused('crisis.refused.absent')
  const stale = outdated(one, input.version)
  if (stale) return stale
  if (!input.body.text) return refusedField('body.text', 'sitreps.invalid.text')
  if (input.nextAt <= now) return refusedField('nextAt', 'cases.refused.promise_past')
  return one
}

/** Sent already, or written by another meanwhile. */
function outdated(one: typeof notice.$inferSelect, version: number | null): Refusal | null {
  if (one.state === 'issued')
    return { ...refused('crisis.refused.issued'), conflict: { version: one.version } }
  return version && version !== one.version ? overtaken(one) : null
}

/** Those who answer the numbers in the territories that the incident touches. */
export async function servicesTouched(tx: Tx, incidentId: number | null): Promise<number[]> {
  const rows = await tx.execute<{ id: number }>(sql`
    select o.id::int from organisation o where o.active and o.kind = any (${`{${SERVICE_KINDS.join(',')}}`}::text[])
      and o.territory_code in (select c.territory_code from cases c where c.incident_id = ${incidentId}::bigint)`)
  return rows.map(({ id }) => id)
}

async function stamp(tx: Tx, crisisId: number, column: 'firstNoticeAt', now: Date): Promise<void> {
  await tx
    .update(crisis)
    .set({ [column]: now })
    .where(and(eq(crisis.id, crisisId), isNull(crisis[column])))
}
