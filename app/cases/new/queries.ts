import { and, asc, desc, eq, gt, or, sql } from 'drizzle-orm'
import { type AccountActor, sideOf } from '#app/_auth/actor.ts'
import { account } from '#db/schema/account.ts'
import { cases } from '#db/schema/cases.ts'
import { contact, organisation, post, site } from '#db/schema/directory.ts'
import { emergencyNumber, territory } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { submissionScope } from '../commands/submission.ts'
import { fixedLines } from '../rules/own-line.ts'
import { REOPEN_WITHIN_HOURS } from '../rules/permissions.ts'

export type ReportDesk = Awaited<ReturnType<typeof readReportDesk>>
export type KnownReporter = NonNullable<Awaited<ReturnType<typeof readReporter>>>

/** As many of the caller's cases as are told apart during a call. */
export const CALLER_CASES = 5

/** All that the form shows: numbers, territories, the reporter's page of the directory, and whether it was sent already. */
export function readReportDesk(
  actor: AccountActor,
  asked: { submissionId: string; organisationId: number | null; contactId: number | null },
  now: Date,
) {
  return asActor(actor, async (tx) => {
    // Sent together down one connection: one round trip.
    const [numbers, territories, reporter, own, sent, last] = await Promise.all([
      tx.select().from(emergencyNumber).orderBy(asc(emergencyNumber.position), asc(emergencyNumber.number)),
      tx
        .select({
          code: territory.code,
          kind: territory.kind,
          name: territory.name,
          timeZone: territory.timeZone,
          regionCode: territory.regionCode,
          zoneCode: territory.zoneCode,
        })
        .from(territory)
        .orderBy(asc(territory.code)),
      asked.organisationId ? readReporter(tx, asked.organisationId, asked.contactId, now) : null,
      tx
        .select({ post: post.name, phone: account.phone })
        .from(account)
        .leftJoin(post, eq(post.id, account.postId))
        .where(eq(account.id, actor.accountId)),
      tx
        .select({ reference: cases.reference })
        .from(cases)
        .where(
          and(
            eq(cases.submissionId, asked.submissionId),
            eq(
              cases.submissionScope,
              submissionScope(actor, sideOf(actor) === 'reporter' ? actor.organisationId : null),
            ),
          ),
        )
        .orderBy(desc(cases.submissionRound))
        .limit(1),
      tx
        .select({ reference: cases.reference, numbers: cases.numbers, symptom: cases.symptom })
        .from(cases)
        .where(eq(cases.organisationId, (sideOf(actor) === 'reporter' && asked.organisationId) || -1))
        .orderBy(desc(cases.receivedAt))
        .limit(1),
    ])
    return {
      numbers,
      territories,
      reporter,
      ownPost: own[0]?.post ?? null,
      ownPhone: own[0]?.phone ?? null,
      sent: sent[0]?.reference ?? null,
      /** What the reporter's organisation reported last. */
      last: last[0] ?? null,
    }
  })
}

/** The organisation as the directory knows it: whom to call back, where, and what its sites answer. */
async function readReporter(tx: Tx, organisationId: number, contactId: number | null, now: Date) {
  const [[found], contacts, sites, posts, underWay] = await Promise.all([
    tx
      .select({
        id: organisation.id,
        name: organisation.name,
        kind: organisation.kind,
        territoryCode: organisation.territoryCode,
      })
      .from(organisation)
      .where(and(eq(organisation.id, organisationId), eq(organisation.active, true))),
    tx
      .select({
        id: contact.id,
        name: contact.name,
        phone: contact.phone,
        callBack: contact.callBack,
        post: post.name,
      })
      .from(contact)
      .leftJoin(post, eq(post.id, contact.postId))
      .where(and(eq(contact.organisationId, organisationId), eq(contact.active, true)))
      .orderBy(sql`${contact.callBack} desc`, asc(contact.name)),
    tx
      .select({ id: site.id, name: site.name, territoryCode: site.territoryCode, numbers: site.numbers })
      .from(site)
      .where(and(eq(site.organisationId, organisationId), eq(site.active, true)))
      .orderBy(asc(site.name)),
    tx
      .select({ name: post.name })
      .from(post)
      .where(and(eq(post.organisationId, organisationId), eq(post.active, true)))
      .orderBy(asc(post.name)),
    tx
      .select({
        reference: cases.reference,
        state: cases.state,
        numbers: cases.numbers,
        symptom: cases.symptom,
        receivedAt: cases.receivedAt,
        closedAt: cases.closedAt,
        nextContactAt: cases.nextContactAt,
        timeZone: territory.timeZone,
      })
      .from(cases)
      .leftJoin(territory, eq(territory.code, cases.territoryCode))
      .where(
        and(
          eq(cases.organisationId, organisationId),
          or(
            sql`app.is_open(${cases.state})`,
            and(
              eq(cases.state, 'closed'),
              gt(cases.closedAt, new Date(now.getTime() - REOPEN_WITHIN_HOURS * 3_600_000)),
            ),
          ),
        ),
      )
      .orderBy(sql`app.is_open(${cases.state}) desc`, desc(cases.receivedAt))
      .limit(CALLER_CASES + 1),
  ])
  if (!found) return null
  const callBacks = contacts.filter((one) => one.callBack && one.phone)
  const lines = fixedLines(contacts.map(({ phone }) => phone))
  return {
    ...found,
    contact: contacts.find((one) => one.id === contactId) ?? null,
    callBacks,
    lines,
    /** Where to call back at first: a mobile before a line of the site. */
    calledAt: (callBacks.find(({ phone }) => !lines.includes(phone ?? '')) ?? callBacks[0])?.phone ?? null,
    sites,
    posts: posts.map(({ name }) => name),
    cases: underWay,
  }
}
