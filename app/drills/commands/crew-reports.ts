import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { draftNotice, issueNotice } from '#app/crisis/commands/notices.ts'
import { nextReportAt, reportDueAt } from '#app/crisis/rules/notices.ts'
import type { Picture } from '#app/incidents/picture.ts'
import { changesSince } from '#app/sitreps/rules/changes.ts'
import { notice } from '#db/schema/crisis.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { whoIsTold } from './crew-authorities.ts'
import { tellOf, wordsOf } from './crew-words.ts'

const MINUTE = 60_000
/** A trained room sends its report a little before the hour it promised. */
const BEFORE_MIN = 2

/** The situation reports whose hour has come, to all the authorities concerned. */
export async function reportTheSituation(crew: MachineActor, lang: 'fr' | 'en', now: Date): Promise<void> {
  const owed = await asActor(crew, (tx) => owedReports(tx))
  for (const one of owed.filter(({ startAt }) => startAt <= now)) {
    const to = await asActor(crew, (tx) => whoIsTold(tx, one.incidentId))
    if (to.length > 0) await report(crew, lang, { ...one, to }, now)
  }
}

type Owed = { incidentId: number; reference: string; since: Date; startAt: Date }

/** Each incident that owes reports, until it is restored: when the crew sets about the next one. */
export async function owedReports(tx: Tx): Promise<Owed[]> {
  const rows = await tx.execute<{
    id: string
    reference: string
    since: string
    promised: string | null
  }>(sql`
    select i.id, i.reference, coalesce(c.activated_at, i.opened_at) as since, (
      select n.next_at from notice n where n.incident_id = i.id and n.kind = 'situation_report' and n.state = 'issued'
      order by n.number desc limit 1) as promised
    from incident i left join crisis c on c.incident_id = i.id and c.activated_at is not null and c.ended_at is null
    where i.state in ('suspected', 'confirmed') and (i.level = 4 or c.id is not null) order by i.id`)
  return rows.map((row) => {
    const since = new Date(row.since)
    const due = reportDueAt(since, row.promised === null ? null : new Date(row.promised))
    return {
      incidentId: Number(row.id),
      reference: row.reference,
      since,
      startAt: new Date(due.getTime() - BEFORE_MIN * MINUTE),
    }
  })
}

async function report(
  crew: MachineActor,
  lang: 'fr' | 'en',
  owed: Owed & { to: number[] },
  now: Date,
): Promise<void> {
  const draft = await draftNotice(crew, { kind: 'situation_report', incident: owed.reference }, now)
  if (!draft.ok) return
  const say = wordsOf(lang)
  const body = {
    changes: await whatChanged(crew, lang, owed.incidentId, draft.value.number),
    causeStatus: 'unknown' as const,
    cause: null,
    action: say('report_action'),
    instruction: null,
    fallback: null,
    estimate: null,
    contact: null,
    text: say('report'),
    annexes: {},
  }
  const nextAt = nextReportAt(owed.since, now)
  const { noticeId } = draft.value
  await issueNotice(crew, { noticeId, version: null, body, nextAt, organisationIds: owed.to }, now)
}

/** What moved since the report before, from the facts, in words. */
async function whatChanged(
  crew: MachineActor,
  lang: 'fr' | 'en',
  incidentId: number,
  number: number,
): Promise<string | null> {
  const rows = await asActor(crew, (tx) =>
    tx
      .select({ number: notice.number, body: notice.body })
      .from(notice)
      .where(and(eq(notice.kind, 'situation_report'), eq(notice.incidentId, incidentId))),
  )
  const facts = (of: number) => rows.find((row) => row.number === of)?.body.facts as Picture | undefined
  const [before, after] = [facts(number - 1), facts(number)]
  if (!before || !after) return null
  const tell = tellOf(lang)
  const changes = changesSince(before, after)
  return changes.length > 0
    ? changes.map(({ key, values }) => tell(`sitreps.changes.${key}`, values)).join('\n')
    : tell('sitreps.changes.none', {})
}
