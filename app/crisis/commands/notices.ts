import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, isCell, type MachineActor } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { picture } from '#app/incidents/picture.ts'
import { crisis, type NoticeBody, notice, noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { acknowledgeNoticeInput, draftInput, Input, issueInput, noticeCallInput } from '../input.ts'
import { annexFor, nextReportAt } from '../rules/notices.ts'
import { clockInForce } from '../thresholds.ts'

/** Generated from the facts, to be edited by a person: an authority notice, or the next numbered situation report. */
export function draftNotice(
  actor: Actor,
  input: Input<typeof draftInput>,
  now: Date,
): Promise<Result<{ noticeId: number; number: number }>> {
  return asActor(actor, async (tx) => {
    if (!isCell(actor)) return refused('crisis.refused.absent')
    const [one] = await tx.select().from(incident).where(eq(incident.reference, input.incident)).for('update')
    if (!one) return refused('crisis.refused.absent')
    const [open] = await tx
      .select()
      .from(notice)
      .where(and(eq(notice.incidentId, one.id), eq(notice.kind, input.kind), eq(notice.state, 'draft')))
    const facts = await picture(tx, one.id, now)
    if (open) {
      await tx
        .update(notice)
        .set({ asOf: now, body: { ...open.body, facts } })
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
    const { facts: _, changes: __, ...words } = last?.body ?? {}
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
    if (!isCell(actor)) return refused('crisis.refused.absent')
    const [one] = await tx.select().from(notice).where(eq(notice.id, input.noticeId)).for('update')
    if (!one) return refused('crisis.refused.absent')
    if (one.state === 'issued' || (input.version && input.version !== one.version))
      return { ...refused('crisis.refused.issued'), conflict: { version: one.version } }
    if (input.nextAt <= now) return refusedField('nextAt', 'cases.refused.promise_past')
    const to = await tx
      .select({
        id: organisation.id,
        territoryCode: organisation.territoryCode,
        sees: organisation.sees,
      })
      .from(organisation)
      .where(inArray(organisation.id, input.organisationIds))
    if (to.length === 0) return refusedField('organisationIds', 'crisis.invalid.recipients')
    const { annexes, ...words } = input.body
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
        annex: annexFor(org, annexes, held),
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

/** A notice counts once it is acknowledged; by the authority itself, or by telephone through an agent. */
export function acknowledgeNotice(
  actor: Actor,
  input: Input<typeof acknowledgeNoticeInput>,
  now: Date,
): Promise<Result<{ acknowledged: boolean }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !actor.organisationId) return refused('crisis.refused.absent')
    const [one] = await tx
      .select()
      .from(noticeRecipient)
      .where(
        and(
          eq(noticeRecipient.noticeId, input.noticeId),
          eq(noticeRecipient.organisationId, actor.organisationId),
        ),
      )
      .for('update')
    if (!one) return refused('crisis.refused.absent')
    if (!one.acknowledgedAt) await acknowledged(tx, actor, one, actor.name, now)
    return { ok: true, value: { acknowledged: true } }
  })
}

/** The agent telephoned: what came of it, and whether the notice is now acknowledged. */
export function logNoticeCall(
  actor: Actor,
  input: Input<typeof noticeCallInput>,
  now: Date,
): Promise<Result<{ acknowledged: boolean }>> {
  return asActor(actor, async (tx) => {
    if (!isCell(actor) || actor.kind === 'door') return refused('crisis.refused.absent')
    const [one] = await tx
      .select()
      .from(noticeRecipient)
      .where(eq(noticeRecipient.id, input.recipientId))
      .for('update')
    if (!one) return refused('crisis.refused.absent')
    await tx
      .update(noticeRecipient)
      .set({ calledAt: now, calledByName: actor.name, callResult: input.result })
      .where(eq(noticeRecipient.id, one.id))
    await append(tx, actor, {
      chain: `notice:${one.noticeId}`,
      at: now,
      event: 'notice.called',
      visibility: 'internal',
      text: input.result,
      data: { noticeId: one.noticeId, organisationId: one.organisationId },
    })
    if (input.acknowledged && !one.acknowledgedAt)
      await acknowledged(tx, actor, one, input.by ?? actor.name, now)
    return { ok: true, value: { acknowledged: input.acknowledged || one.acknowledgedAt !== null } }
  })
}

/** The clock's part: what nobody acknowledged after ten minutes becomes a call task. */
export function askForCalls(actor: MachineActor, now: Date): Promise<number> {
  return asActor(actor, async (tx) => {
    const { noticeAckMin } = await clockInForce(tx)
    const before = new Date(now.getTime() - noticeAckMin * 60_000)
    const due = await tx
      .update(noticeRecipient)
      .set({ callDueAt: now })
      .where(
        and(
          isNull(noticeRecipient.acknowledgedAt),
          isNull(noticeRecipient.callDueAt),
          lte(noticeRecipient.toldAt, before),
        ),
      )
      .returning({ noticeId: noticeRecipient.noticeId, organisationId: noticeRecipient.organisationId })
    for (const one of due) {
      await append(tx, actor, {
        chain: `notice:${one.noticeId}`,
        at: now,
        event: 'notice.call_due',
        visibility: 'internal',
        data: { noticeId: one.noticeId, organisationId: one.organisationId },
      })
    }
    return due.length
  })
}

type RecipientRow = typeof noticeRecipient.$inferSelect

async function acknowledged(tx: Tx, actor: Actor, one: RecipientRow, by: string, now: Date): Promise<void> {
  await tx
    .update(noticeRecipient)
    .set({ acknowledgedAt: now, acknowledgedByName: by })
    .where(eq(noticeRecipient.id, one.id))
  await tx.execute(
    sql`select app.notice_acknowledged(${one.noticeId}::bigint, ${now.toISOString()}::timestamptz)`,
  )
  await append(tx, actor, {
    chain: isCell(actor) ? `notice:${one.noticeId}` : `account:${actorId(actor)}`,
    at: now,
    event: 'notice.acknowledged',
    visibility: 'internal',
    data: { noticeId: one.noticeId, organisationId: one.organisationId, by },
  })
}

async function stamp(tx: Tx, crisisId: number, column: 'firstNoticeAt', now: Date): Promise<void> {
  await tx
    .update(crisis)
    .set({ [column]: now })
    .where(and(eq(crisis.id, crisisId), isNull(crisis[column])))
}

/** Recipients still to be telephoned. */
export function callTasks(tx: Tx) {
  return tx
    .select({
      id: noticeRecipient.id,
      noticeId: noticeRecipient.noticeId,
      organisation: organisation.name,
      callDueAt: noticeRecipient.callDueAt,
    })
    .from(noticeRecipient)
    .innerJoin(organisation, eq(organisation.id, noticeRecipient.organisationId))
    .where(and(isNotNull(noticeRecipient.callDueAt), isNull(noticeRecipient.acknowledgedAt)))
}
