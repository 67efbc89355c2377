import { and, asc, desc, eq, gt, inArray, ne, or, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { servicesTouched } from '#app/crisis/commands/notices.ts'
import { answersFor, recipientsOfNotice } from '#app/crisis/rules/notices.ts'
import { type Picture, picture } from '#app/incidents/picture.ts'
import { COUNTRY } from '#db/reference/territories.ts'
import { notice, noticeRecipient, noticeSubscription } from '#db/schema/crisis.ts'
import { organisation, post } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { INCIDENT_KINDS } from './kinds.ts'
import { type About, wants } from './rules/subscription.ts'

/** Kinds that may be told of an incident; the others are reporters. */
const AUTHORITIES = [
  'prefecture',
  'prefecture_police',
  'coz',
  'ars',
  'cogic',
  'corruss',
  'cced',
  'anssi',
  'ministry',
] as const
const MOST_SHOWN = 60
/** A closed incident may still need its last report for a week. */
const LATELY_MS = 7 * 24 * 3600_000

/** What the cell sees: open incidents that may need a report, and the notices, newest first. */
export function listForCell(actor: AccountActor, now: Date) {
  const lately = new Date(now.getTime() - LATELY_MS)
  return asActor(actor, async (tx) => {
    const incidents = await tx
      .select({
        id: incident.id,
        reference: incident.reference,
        title: incident.title,
        level: incident.level,
        state: incident.state,
        openedAt: incident.openedAt,
      })
      .from(incident)
      .where(or(ne(incident.state, 'closed'), gt(incident.closedAt, lately)))
      .orderBy(desc(incident.openedAt))
      .limit(MOST_SHOWN)
    const notices = await tx
      .select({
        id: notice.id,
        kind: notice.kind,
        number: notice.number,
        state: notice.state,
        asOf: notice.asOf,
        nextAt: notice.nextAt,
        issuedAt: notice.issuedAt,
        incidentId: notice.incidentId,
        reference: incident.reference,
        told: sql<number>`(select count(*)::int from notice_recipient r where r.notice_id = ${notice.id})`,
        acknowledged: sql<number>`(select count(acknowledged_at)::int from notice_recipient r where r.notice_id = ${notice.id})`,
      })
      .from(notice)
      .leftJoin(incident, eq(incident.id, notice.incidentId))
      .where(inArray(notice.kind, [...INCIDENT_KINDS]))
      .orderBy(desc(notice.id))
      .limit(MOST_SHOWN)
    return { incidents, notices }
  })
}

/** What an authority sees: the notices addressed to it. */
export function listForAuthority(actor: AccountActor) {
  return asActor(actor, async (tx) => {
    if (!actor.organisationId) return []
    return tx
      .select({
        id: notice.id,
        kind: notice.kind,
        number: notice.number,
        asOf: notice.asOf,
        nextAt: notice.nextAt,
        issuedAt: notice.issuedAt,
        body: notice.body,
        acknowledgedAt: noticeRecipient.acknowledgedAt,
      })
      .from(noticeRecipient)
      .innerJoin(notice, eq(notice.id, noticeRecipient.noticeId))
      .where(eq(noticeRecipient.organisationId, actor.organisationId))
      .orderBy(desc(notice.id))
      .limit(MOST_SHOWN)
  })
}

export type NoticeRow = typeof notice.$inferSelect

export function readNotice(actor: AccountActor, id: number, now: Date) {
  return asActor(actor, async (tx) => {
    const [one] = await tx.select().from(notice).where(eq(notice.id, id))
    if (!one) return null
    const recipients = await recipientsOf(tx, id)
    const own = recipients.find((row) => row.organisationId === actor.organisationId) ?? null
    if (!may(actor, 'cell.watch')) return own && { one, own, recipients: [own], draft: null }
    return {
      one,
      own,
      recipients,
      draft: one.state === 'draft' && may(actor, 'notices.write') ? await forDraft(tx, one, now) : null,
    }
  })
}

function recipientsOf(tx: Tx, noticeId: number) {
  return tx
    .select({
      id: noticeRecipient.id,
      organisationId: noticeRecipient.organisationId,
      organisation: organisation.name,
      annex: noticeRecipient.annex,
      toldAt: noticeRecipient.toldAt,
      acknowledgedAt: noticeRecipient.acknowledgedAt,
      acknowledgedByName: noticeRecipient.acknowledgedByName,
      callDueAt: noticeRecipient.callDueAt,
      calledAt: noticeRecipient.calledAt,
      callResult: noticeRecipient.callResult,
    })
    .from(noticeRecipient)
    .leftJoin(organisation, eq(organisation.id, noticeRecipient.organisationId))
    .where(eq(noticeRecipient.noticeId, noticeId))
    .orderBy(asc(organisation.name))
}

/** What a draft needs: the picture of the report before it, and who is proposed to be told. */
async function forDraft(tx: Tx, one: NoticeRow, now: Date) {
  const [before] = await tx
    .select({ body: notice.body })
    .from(notice)
    .where(
      and(
        eq(notice.kind, one.kind),
        eq(notice.incidentId, one.incidentId ?? 0),
        eq(notice.number, one.number - 1),
      ),
    )
  const [about] = await tx
    .select({ level: incident.level, openedAt: incident.openedAt })
    .from(incident)
    .where(eq(incident.id, one.incidentId ?? 0))
  const touched = await tx.execute<{ code: string }>(sql`
    select distinct unnest(array[t.code, t.region_code, t.zone_code]) as code
    from cases c join territory t on t.code = c.territory_code where c.incident_id = ${one.incidentId}`)
  const authorities = await tx
    .select({
      id: organisation.id,
      name: organisation.name,
      kind: organisation.kind,
      territoryCode: organisation.territoryCode,
      sees: organisation.sees,
    })
    .from(organisation)
    .where(and(inArray(organisation.kind, [...AUTHORITIES]), eq(organisation.active, true)))
    .orderBy(asc(organisation.name))
  const [level, places] = [about?.level ?? 2, touched.map((row) => row.code)]
  const facts = one.body.facts as Picture | undefined
  const numbers = (facts?.numbers ?? []).map(({ number }) => number)
  const asking = await subscribers(tx, { level, numbers, territories: [...places, COUNTRY] })
  const told = recipientsOfNotice(level, places, authorities)
  const proposed = authorities.filter(
    (row) => told.includes(row) || (asking.has(row.id) && answersFor(row, places)),
  )
  return {
    services: (await servicesTouched(tx, one.incidentId)).length,
    openedAt: about?.openedAt ?? one.asOf,
    before: (before?.body.facts as Picture | undefined) ?? null,
    present: await picture(tx, one.incidentId ?? 0, now),
    authorities,
    proposed: proposed.map((row) => row.id),
  }
}

/** Organisations of which a post has asked for such reports: told below the level that would tell them anyway. */
async function subscribers(tx: Tx, about: About): Promise<Set<number>> {
  const rows = await tx
    .select({
      organisationId: post.organisationId,
      fromLevel: noticeSubscription.fromLevel,
      territories: noticeSubscription.territories,
      numbers: noticeSubscription.numbers,
    })
    .from(noticeSubscription)
    .innerJoin(post, and(eq(post.id, noticeSubscription.postId), eq(post.active, true)))
    .where(sql`cardinality(${noticeSubscription.channels}) > 0`)
  return new Set(rows.filter((row) => wants(row, about)).map((row) => row.organisationId))
}
