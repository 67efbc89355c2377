import { and, eq, sql } from 'drizzle-orm'
import { cache } from 'react'
import type { AccountActor } from '#app/_auth/actor.ts'
import { isOpen } from '#app/cases/rules/states.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import type { IncidentState } from '#db/schema/incidents.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'
import { SHOWN_PROPOSAL, type ShownProposal } from './_parts/proposal.ts'
import { type Picture, picture } from './picture.ts'
import { spokenNumbers } from './rules/facts.ts'

const OPEN = sql`app.is_open(c.state)`

export type IncidentLine = {
  reference: string
  title: string | null
  state: IncidentState
  level: Level
  openedAt: string
  closedAt: string | null
  cause: string | null
  cases: number
  open: number
  residual: number
  /** Their names. */
  territories: string[]
  numbers: string[]
}

/** Open incidents by level and age, those closed lately, and what the rules asked. */
export function readIncidents(actor: AccountActor, now: Date) {
  const at = now.toISOString()
  return asActor(actor, async (tx) => {
    const lines = await tx.execute<IncidentLine>(sql`
      select i.reference, i.title, i.state, i.level, to_jsonb(i.opened_at) #>> '{}' as "openedAt", to_jsonb(i.closed_at) #>> '{}' as "closedAt", i.cause,
        count(c.id)::int as cases, count(c.id) filter (where ${OPEN})::int as open,
        count(c.id) filter (where ${OPEN} and c.residual_since is not null)::int as residual,
        coalesce(array_agg(distinct coalesce(t.name, c.territory_code)) filter (where c.id is not null), '{}') as territories,
        array(select distinct n from cases x, unnest(x.numbers) n where x.incident_id = i.id) as numbers
      from incident i left join cases c on c.incident_id = i.id
        left join territory t on t.code = c.territory_code
      where i.state <> 'closed' or i.closed_at > ${at}::timestamptz - interval '14 days'
      group by i.id order by i.state = 'closed', i.level desc, i.opened_at limit 200`)
    const proposals = await tx.execute<{ p: ShownProposal }>(sql`
      select ${SHOWN_PROPOSAL} as p from proposal p left join incident i on i.id = p.incident_id
      where p.state = 'open' or p.decided_at > ${at}::timestamptz - interval '24 hours'
      order by p.state <> 'open', p.level = 'check', p.level, p.fired_at desc limit 60`)
    for (const line of lines) line.numbers = spokenNumbers(line.numbers)
    return {
      open: lines.filter((one) => one.state !== 'closed'),
      closed: lines.filter((one) => one.state === 'closed'),
      proposals: proposals.map((row) => row.p),
    }
  })
}

export type AttachedRow = {
  id: number
  reference: string
  state: CaseState
  level: Level
  organisation: string | null
  reporterKind: string
  territory: string
  territoryName: string
  numbers: string[]
  receivedAt: string
  nextContactAt: string | null
  confirmed: boolean
  residual: boolean
  takenById: number | null
  takenBy: string | null
  assignee: string | null
}

export type CandidateRow = {
  reference: string
  organisation: string | null
  territory: string
  numbers: string[]
  receivedAt: string
  reasonKey: string
}

export type JournalRow = {
  id: number
  at: string
  event: string
  who: string
  text: string | null
  data: Record<string, unknown>
}

export type IncidentPage = IncidentLine & {
  id: number
  version: number
  lastAt: string
  confirmedAt: string | null
  restoredAt: string | null
  residualsListed: number[]
  attached: AttachedRow[]
  candidates: CandidateRow[]
  proposals: ShownProposal[]
  journal: JournalRow[]
  others: { reference: string; title: string | null; level: number }[]
  picture: Picture
}

/** Journal lines shown; the after-action file has them all. */
export const JOURNAL_SHOWN = 120

/** One incident with all that hangs on it; null when it does not exist for this person. */
export function readIncident(
  actor: AccountActor,
  reference: string,
  now: Date,
): Promise<IncidentPage | null> {
  return asActor(actor, async (tx) => {
    const [row] = await tx.execute<Omit<IncidentPage, 'picture'>>(sql`
      select i.id::int, i.reference, i.title, i.version, i.state, i.level, i.cause, i.residuals_listed as "residualsListed",
        to_jsonb(i.opened_at) #>> '{}' as "openedAt", to_jsonb(i.last_at) #>> '{}' as "lastAt", to_jsonb(i.confirmed_at) #>> '{}' as "confirmedAt",
        to_jsonb(i.restored_at) #>> '{}' as "restoredAt", to_jsonb(i.closed_at) #>> '{}' as "closedAt",
        (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'reference', c.reference, 'state', c.state, 'level', c.level, 'organisation', o.name,
          'reporterKind', c.reporter_kind, 'territory', c.territory_code, 'territoryName', coalesce(t.name, c.territory_code), 'numbers', c.numbers,
          'receivedAt', c.received_at, 'nextContactAt', c.next_contact_at, 'confirmed', c.confirmed_at is not null, 'residual', c.residual_since is not null,
          'takenById', c.residual_taken_by_id, 'takenBy', k.name, 'assignee', a.name) order by ${OPEN} desc, c.level desc, c.received_at), '[]')
          from cases c left join organisation o on o.id = c.organisation_id left join territory t on t.code = c.territory_code
          left join account a on a.id = c.assignee_id left join account k on k.id = c.residual_taken_by_id where c.incident_id = i.id) as attached,
        (select coalesce(jsonb_agg(jsonb_build_object('reference', c.reference, 'organisation', o.name, 'territory', c.territory_code, 'numbers', c.numbers,
          'receivedAt', c.received_at, 'reasonKey', k.reason_key) order by k.at desc), '[]')
          from incident_candidate k join cases c on c.id = k.case_id left join organisation o on o.id = c.organisation_id
          where k.incident_id = i.id and k.dismissed_at is null and c.incident_id is null) as candidates,
        (select coalesce(jsonb_agg(${SHOWN_PROPOSAL} order by p.fired_at desc, p.id desc), '[]') from proposal p where p.incident_id = i.id) as proposals,
        (select coalesce(jsonb_agg(l), '[]') from (select id, at, event, actor_name as who, text, data from journal
          where incident_id = i.id order by id desc limit ${JOURNAL_SHOWN}) l) as journal,
        (select coalesce(jsonb_agg(x), '[]') from (select reference, title, level from incident where state <> 'closed' order by level desc, opened_at desc limit 20) x) as others
      from incident i where i.reference = ${reference}`)
    if (!row) return null
    const open = row.attached.filter((one) => isOpen(one.state))
    return {
      ...row,
      residualsListed: row.residualsListed.map(Number),
      cases: row.attached.length,
      open: open.length,
      residual: open.filter((one) => one.residual).length,
      territories: [...new Set(row.attached.map((one) => one.territory))],
      numbers: spokenNumbers(row.attached.flatMap((one) => one.numbers)),
      picture: await picture(tx, row.id, now),
    }
  })
}

export type CaseIncident = {
  incident: { reference: string; title: string | null; state: IncidentState; level: Level } | null
  qualifies: boolean
  outcome: string | null
  qualificationReason: string | null
  residual: boolean
  related: { reference: string; incident: string | null } | null
  candidates: string[]
  open: { reference: string; title: string | null; level: number }[]
}

/** What the case page says of the incident of a case. */
export const readCaseIncident = cache(
  async (actor: AccountActor, caseId: number): Promise<CaseIncident | null> => {
    const [row] = await asActor(actor, (tx) =>
      tx.execute<CaseIncident>(sql`
    select c.qualifies, c.outcome, c.qualification_reason as "qualificationReason", c.residual_since is not null as residual,
      (select jsonb_build_object('reference', reference, 'title', title, 'state', state, 'level', level) from incident where id = c.incident_id) as incident,
      (select jsonb_build_object('reference', r.reference, 'incident', ri.reference) from cases r left join incident ri on ri.id = r.incident_id and ri.state <> 'closed'
        where r.id = c.related_case_id and c.outcome = 'attached') as related,
      array(select i.reference from incident_candidate k join incident i on i.id = k.incident_id where k.case_id = c.id and k.dismissed_at is null and i.state <> 'closed') as candidates,
      (select coalesce(jsonb_agg(x), '[]') from (select reference, title, level from incident where state <> 'closed' order by level desc, opened_at desc limit 20) x) as open
    from cases c where c.id = ${caseId}`),
    )
    return row ?? null
  },
)

/** Whether accepting or declining this proposal is about the crisis cell itself. */
export async function isAboutCrisis(actor: AccountActor, proposalId: number): Promise<boolean> {
  return (
    (await asActor(actor, (tx) =>
      tx.$count(proposal, and(eq(proposal.id, proposalId), eq(proposal.level, 'crisis'))),
    )) > 0
  )
}
