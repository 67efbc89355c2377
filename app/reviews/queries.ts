import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { proofRows } from '#app/_evidence/bundle.ts'
import { cases } from '#db/schema/cases.ts'
import { callOut, crisis, notice, noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { ReviewFacts, Span } from './rules/delays.ts'

/** Lines shown on the page; the export holds all of them. */
export const MOST_LINES = 3000

export type JournalRow = {
  id: number
  chain: string
  seq: number
  at: string
  fact_at: string | null
  heard_at: string | null
  actor_name: string
  actor_side: string
  event: string
  visibility: string
  certainty: string | null
  text: string | null
  data: Record<string, unknown>
  reference: string | null
}

export function listIncidents(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select().from(incident).orderBy(desc(incident.openedAt)).limit(200))
}

/** Everything an inquiry asks about one incident, read back from the rows and the journal. */
export function readReview(actor: AccountActor, reference: string, now: Date) {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'reviews.read')) return null
    const [one] = await tx.select().from(incident).where(eq(incident.reference, reference))
    if (!one) return null
    const rows = await tx
      .select()
      .from(cases)
      .where(eq(cases.incidentId, one.id))
      .orderBy(asc(cases.receivedAt), asc(cases.id))
    const proposals = await tx
      .select()
      .from(proposal)
      .where(eq(proposal.incidentId, one.id))
      .orderBy(asc(proposal.firedAt))
    const runs = await tx.select().from(crisis).where(eq(crisis.incidentId, one.id)).orderBy(asc(crisis.id))
    const run = mainRun(runs)
    const calls = run
      ? await tx.select().from(callOut).where(eq(callOut.crisisId, run.id)).orderBy(asc(callOut.id))
      : []
    const notices = await tx
      .select()
      .from(notice)
      .where(eq(notice.incidentId, one.id))
      .orderBy(asc(notice.id))
    const told = await tx
      .select({
        noticeId: noticeRecipient.noticeId,
        organisation: organisation.name,
        toldAt: noticeRecipient.toldAt,
        acknowledgedAt: noticeRecipient.acknowledgedAt,
        acknowledgedByName: noticeRecipient.acknowledgedByName,
      })
      .from(noticeRecipient)
      .innerJoin(notice, eq(notice.id, noticeRecipient.noticeId))
      .leftJoin(organisation, eq(organisation.id, noticeRecipient.organisationId))
      .where(eq(notice.incidentId, one.id))
      .orderBy(asc(noticeRecipient.id))
    const tested = await firstTests(tx, one.id)
    const lines = await linesOf(tx, one.id)
    const facts = factsOf({ one, rows, run, notices, told, tested, now })
    return { one, rows, proposals, run, calls, notices, told, lines, facts }
  })
}

export type Review = NonNullable<Awaited<ReturnType<typeof readReview>>>

async function firstTests(tx: Tx, incidentId: number): Promise<Map<number, number>> {
  const rows = await tx.execute<{ case_id: string; at: string }>(sql`
    select t.case_id, min(t.recorded_at) as at from case_test t join cases c on c.id = t.case_id
    where c.incident_id = ${incidentId} and t.side = 'cell' group by t.case_id`)
  return new Map(rows.map((row) => [Number(row.case_id), new Date(row.at).getTime()]))
}

/**
 * The lines that tell an incident: its own chain, its cases', its crisis', its notices', what was proposed and decided, and
 * the states of the cell while it lasted.
 */
function whereTold(incidentId: number) {
  const of = (what: SQL) => sql`select id from ${what} where incident_id = ${incidentId}`
  const lines = (which: SQL) => sql`select k.id from journal k where ${which}`
  // One by one, each by its index: asked in one sentence, they would be looked for in the journal of all years.
  const all = [
    sql`k.incident_id = ${incidentId}`,
    sql`k.case_id in (${of(sql`cases`)})`,
    sql`k.chain in (select 'crisis:' || id from crisis where incident_id = ${incidentId})`,
    sql`k.chain in (select 'notice:' || id from notice where incident_id = ${incidentId})`,
    sql`k.event = 'notice.acknowledged' and (k.data->>'noticeId')::bigint in (${of(sql`notice`)})`,
    sql`k.chain = 'proposals' and (k.data->>'proposalId')::bigint in (${of(sql`proposal`)})`,
    sql`k.chain = 'cell' and k.at between (select opened_at from incident where id = ${incidentId})
      and (select coalesce(closed_at, 'infinity') from incident where id = ${incidentId})`,
  ]
  return sql`j.id in (${sql.join(all.map(lines), sql` union `)})`
}

async function linesOf(tx: Tx, incidentId: number): Promise<JournalRow[]> {
  const rows = await tx.execute<JournalRow>(sql`
    select j.id, j.chain, j.seq, j.at, j.fact_at, j.heard_at, j.actor_name, j.actor_side, j.event, j.visibility, j.certainty,
      j.text, j.data, c.reference
    from journal j left join cases c on c.id = j.case_id
    where ${whereTold(incidentId)} order by j.at, j.id limit ${MOST_LINES + 1}`)
  return [...rows]
}

/** Each line with its proof, and the chains that are this incident's alone: those come whole. */
export function readProof(actor: AccountActor, reference: string) {
  return asActor(actor, async (tx) => {
    const [one] = await tx.select({ id: incident.id }).from(incident).where(eq(incident.reference, reference))
    if (!one) return null
    const rows = await proofRows(tx, whereTold(one.id))
    const chains = [...new Set(rows.map(({ chain }) => chain))]
    return { rows, whole: chains.filter((chain) => /^(case|incident|crisis|notice):/.test(chain)) }
  })
}

/** The run that activated the cell; without one, the last that asked. An incident refused once may have been asked again. */
function mainRun<Run extends { activatedAt: Date | null }>(runs: readonly Run[]): Run | undefined {
  return runs.find((run) => run.activatedAt !== null) ?? runs.at(-1)
}

type Read = {
  one: typeof incident.$inferSelect
  rows: (typeof cases.$inferSelect)[]
  run: typeof crisis.$inferSelect | undefined
  notices: (typeof notice.$inferSelect)[]
  told: { acknowledgedAt: Date | null }[]
  tested: Map<number, number>
  now: Date
}

function factsOf({ one, rows, run, notices, told, tested, now }: Read): ReviewFacts {
  const span = (from: Date, to: Date | null | undefined): Span => ({
    from: from.getTime(),
    to: to?.getTime() ?? null,
  })
  const first = earliest(rows.filter((row) => row.qualifies).map((row) => row.receivedAt)) ?? one.openedAt
  const acknowledged = earliest(told.flatMap((row) => row.acknowledgedAt ?? []))
  const issued = notices.filter((row) => row.kind === 'situation_report' && row.issuedAt)
  const owed = run?.activatedAt ?? (one.level === 4 ? first : null)
  const until = one.restoredAt ?? one.closedAt ?? now
  return {
    now: now.getTime(),
    cases: rows
      .filter((row) => row.outcome !== 'redirected')
      .map((row) => ({
        level: row.level,
        acknowledged: span(row.receivedAt, row.acknowledgedAt),
        tested:
          row.outcome === 'case' && row.duplicateOfId === null
            ? { from: row.receivedAt.getTime(), to: tested.get(row.id) ?? null }
            : null,
      })),
    crisis: run?.activatedAt
      ? {
          director: span(run.firstReportAt, run.firstCallAt ?? run.decidedAt),
          activated: span(run.firstReportAt, run.activatedAt),
          authorities: span(run.firstReportAt, acknowledged),
        }
      : null,
    authorities: one.level >= 3 ? span(first, acknowledged) : null,
    reports: owed && {
      from: owed.getTime(),
      issued: issued.map((row) => (row.issuedAt as Date).getTime()),
      until: until.getTime(),
    },
  }
}

function earliest(dates: Date[]): Date | null {
  return dates.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null)
}
