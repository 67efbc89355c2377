import { sql } from 'drizzle-orm'
import { familyOf } from '#db/reference/symptoms.ts'
import type { Tx } from '#db/transaction.ts'
import type { OwnTest } from './rules/correlation.ts'
import { inOrder, MINUTE, type Place, type PlaceKind, type ReportFact, reportFact } from './rules/facts.ts'
import { afterJoining, type IncidentFacts, type MovedOut } from './rules/membership.ts'
import { MEMORY_MS } from './rules/scan.ts'
import type { CorrelationValues } from './rules/thresholds.ts'

/** Reports the rules read at once: the newest so many; beyond, the picture is national long since. */
const MOST_REPORTS = 500
/** Of one organisation with one symptom of the same numbers: the first ones carry the facts, and one that repeats itself must not drown the rest. */
const MOST_OF_ONE = 4
const OF_ONE = sql`(partition by coalesce(organisation_id, -id), symptom, territory_code, numbers order by received_at, id)`

/** How far back the rules read: the same for repeats and for the rest, or what neither of them reads stays unread. */
function readSince(now: Date, values: CorrelationValues): string {
  const longest = Math.max(values.sameCaseMin, values.duplicateMin, MEMORY_MS / MINUTE)
  return new Date(now.getTime() - longest * MINUTE).toISOString()
}

type Row = {
  id: number
  reference: string
  received_at: string
  organisation_id: number | null
  organisation: string | null
  reporter_kind: string
  verification: string
  channel: string
  territory_code: string
  territory_kind: PlaceKind | null
  parents: string[] | null
  numbers: string[]
  symptom: string
  calling_operator: string | null
  calling_technology: string | null
  site_access: string | null
  tried: number | null
  passed: number | null
  window_min: number | null
  fallback: string | null
  long_number_ok: string | null
  duplicate_of_id: number | null
  reopened_from_id: number | null
  closed_at: string | null
  text: string | null
  outcome: string | null
  incident_id: number | null
  own_tests: { at: string; passed: number; tried: number }[] | null
}

export type Situation = {
  facts: ReportFact[]
  /** Cases the rules have not read yet. */
  unread: Set<number>
  incidentOfCase: Map<number, number>
  ownTests: OwnTest[]
  vitalNumbers: string[]
  incidents: IncidentFacts[]
  movedOut: MovedOut[]
}

/**
 * An organisation that repeats itself (same place, symptom and numbers, again and again) says news of its own case: read as such
 * in one statement, so that a flood of reports costs the rules no more than its first ones. Unless the first counted for nothing by
 * its own words (an exercise, a full room): then the next one is read by its own.
 */
export async function readRepeats(tx: Tx, now: Date, values: CorrelationValues): Promise<void> {
  await tx.execute(sql`
    with newest as (
      select id, outcome, verification = 'unverified' as unverified, numbers, first_value(id) over w as first_id, row_number() over w as nth
      from cases where received_at >= ${readSince(now, values)} and received_at <= ${now.toISOString()}
      window w as ${OF_ONE})
    update cases c set outcome = case when n.unverified then 'unverified' else 'attached' end, qualifies = not n.unverified and f.qualifies,
      qualification_reason = 'triggers.qualification.' || case when n.unverified then 'unverified' else 'update' end, related_case_id = n.first_id
    from newest n join cases f on f.id = n.first_id
    where c.id = n.id and n.nth > ${MOST_OF_ONE} and n.outcome is null and f.outcome is not null
      and (n.unverified or f.qualifies or not exists (select from app.numbers() where vital and number = any (n.numbers)))`)
}

/** Everything the trigger rules need of one world at `now`, in three round trips whatever the number of reports. */
export async function situationAt(tx: Tx, now: Date, values: CorrelationValues): Promise<Situation> {
  const rows = await tx.execute<Row>(sql`
    with newest as (
      select c.*, row_number() over ${OF_ONE} as nth
      from cases c where received_at >= ${readSince(now, values)} and received_at <= ${now.toISOString()})
    select ${FACT} from newest c ${BESIDE}
    where c.nth <= ${MOST_OF_ONE} or ${UNREAD}
    order by c.received_at desc, c.id desc limit ${MOST_REPORTS}`)
  const vital = await tx.execute<{ number: string }>(sql`select number from app.numbers() where vital`)
  const facts = rows.map(factOf)
  return {
    facts,
    unread: new Set(
      rows
        .filter(
          (row) =>
            row.outcome === null || (row.outcome === 'unverified' && row.verification !== 'unverified'),
        )
        .map((row) => row.id),
    ),
    incidentOfCase: new Map(
      rows.flatMap((row) => (row.incident_id === null ? [] : [[row.id, row.incident_id] as const])),
    ),
    ownTests: rows.flatMap((row) =>
      (row.own_tests ?? []).map((test) => ({
        caseId: row.id,
        at: Date.parse(test.at),
        passed: test.passed,
        tried: test.tried,
      })),
    ),
    vitalNumbers: vital.map((one) => one.number),
    incidents: await openIncidents(tx),
    movedOut: await movedOutOf(tx),
  }
}

/** Nobody has weighed it, or it has been verified since. */
const UNREAD = sql`(c.outcome is null or c.outcome = 'unverified' and c.verification <> 'unverified')`

const FACT = sql`c.id::int, c.reference, c.received_at, c.organisation_id::int, o.name as organisation, c.reporter_kind, c.verification, c.channel,
  c.territory_code, t.kind as territory_kind,
  array_remove(array[t.region_code, t.zone_code, case when t.exercise_id is null then 'FR' end], null) as parents,
  c.numbers, c.symptom, c.calling_operator, c.calling_technology, c.site_access, c.fallback, c.long_number_ok,
  c.duplicate_of_id::int, c.reopened_from_id::int, c.closed_at, concat_ws(' ', c.symptom_words, c.details) as text, c.outcome,
  c.incident_id::int, s.tried::int, s.passed::int, s.window_min, s.own_tests`
const BESIDE = sql`left join organisation o on o.id = c.organisation_id
  left join territory t on t.code = c.territory_code
  left join lateral (select sum(tried) filter (where purpose = 'report') as tried, sum(passed) filter (where purpose = 'report') as passed,
      max(window_min) filter (where purpose = 'report') as window_min,
      jsonb_agg(jsonb_build_object('at', recorded_at, 'passed', passed, 'tried', tried)) filter (where side = 'cell') as own_tests
    from case_test where case_id = c.id) s on true`

/** The past, oldest first: what teaches what is usual leaves out what turned out to be a crisis. */
export async function pastFacts(
  tx: Tx,
  from: Date,
  to: Date,
  most: number,
  of: 'ordinary' | 'all' = 'ordinary',
): Promise<{ facts: ReportFact[]; vitalNumbers: string[] }> {
  const rows = await tx.execute<Row>(sql`
    with crises as (select distinct unnest(case_ids) as id from proposal where level = 'crisis' and state = 'accepted')
    select ${FACT} from cases c ${BESIDE}
    where c.received_at >= ${from.toISOString()} and c.received_at < ${to.toISOString()} and (${of === 'all'} or c.id not in (select id from crises))
    order by c.received_at desc, c.id desc limit ${most}`)
  const vital = await tx.execute<{ number: string }>(sql`select number from app.numbers() where vital`)
  return { facts: rows.map(factOf).reverse(), vitalNumbers: vital.map((one) => one.number) }
}

function factOf(row: Row): ReportFact {
  return reportFact({
    id: row.id,
    reference: row.reference,
    at: new Date(row.received_at).getTime(),
    organisation: organisationKey(row.organisation_id, row.id),
    organisationName: row.organisation ?? row.reporter_kind,
    reporterKind: row.reporter_kind,
    verified: row.verification !== 'unverified',
    channel: row.channel,
    territory: {
      code: row.territory_code,
      kind: row.territory_kind ?? 'departement',
      parents: row.parents ?? [],
    },
    numbers: row.numbers,
    symptom: row.symptom,
    callingOperator: row.calling_operator,
    technology: row.calling_technology,
    siteAccess: row.site_access,
    tests: row.tried === null ? null : { ok: row.passed ?? 0, tried: row.tried, windowMin: row.window_min },
    fallback: row.fallback,
    longNumberOk: row.long_number_ok === 'yes' ? true : row.long_number_ok === 'no' ? false : null,
    duplicateOf: row.duplicate_of_id,
    relapseOf: row.reopened_from_id,
    closedAt: row.closed_at ? new Date(row.closed_at).getTime() : null,
    text: row.text ?? '',
  })
}

async function openIncidents(tx: Tx): Promise<IncidentFacts[]> {
  const rows = await tx.execute<{
    id: number
    state: IncidentFacts['state']
    opened_at: string
    last_at: string
    case_ids: number[] | null
    organisations: string[] | null
    families: string[] | null
    territories: Place[] | null
  }>(sql`
    select i.id::int, i.state, i.opened_at, i.last_at,
      array_agg(c.id::int) filter (where c.id is not null) as case_ids,
      array_agg(distinct 'organisation:' || c.organisation_id) filter (where c.organisation_id is not null) as organisations,
      array_agg(distinct c.symptom) filter (where c.qualifies) as families,
      jsonb_agg(distinct jsonb_build_object('code', t.code, 'kind', t.kind,
        'parents', to_jsonb(array_remove(array[t.region_code, t.zone_code, case when t.exercise_id is null then 'FR' end], null))))
        filter (where c.qualifies and t.code is not null) as territories
    from incident i left join cases c on c.incident_id = i.id left join territory t on t.code = c.territory_code
    where i.state <> 'closed' group by i.id order by i.opened_at`)
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    openedAt: new Date(row.opened_at).getTime(),
    lastAt: new Date(row.last_at).getTime(),
    caseIds: row.case_ids ?? [],
    organisations: row.organisations ?? [],
    territories: row.territories ?? [],
    families: [...new Set((row.families ?? []).map(familyOf))],
  }))
}

/** What people moved out of the open incidents, and where it is now. */
async function movedOutOf(tx: Tx): Promise<MovedOut[]> {
  const rows = await tx.execute<{
    incident_id: number
    now_in: number | null
    case_id: number
    organisation_id: number | null
    territory_code: string
    numbers: string[]
  }>(sql`
    select m.incident_id::int, c.incident_id::int as now_in, c.id::int as case_id, c.organisation_id::int, c.territory_code, c.numbers
    from case_moved_out m join incident i on i.id = m.incident_id join cases c on c.id = m.case_id
    where i.state <> 'closed' and m.undone_at is null and c.incident_id is distinct from m.incident_id`)
  return rows.map((row) => ({
    incidentId: row.incident_id,
    nowIn: row.now_in,
    organisation: organisationKey(row.organisation_id, row.case_id),
    territory: row.territory_code,
    numbers: row.numbers,
  }))
}

/** Who is in no directory is one of its own for each case. */
function organisationKey(organisationId: number | null, caseId: number): string {
  return organisationId === null ? `case:${caseId}` : `organisation:${organisationId}`
}

/** Keeps the picture of this reading up to date, so that the next report of the same reading sees it. */
export function joined(situation: Situation, incidentId: number, fact: ReportFact, qualifies: boolean): void {
  situation.incidentOfCase.set(fact.id, incidentId)
  situation.incidents = situation.incidents.map((incident) =>
    incident.id === incidentId ? afterJoining(incident, fact, qualifies) : incident,
  )
}

export function factsOf(situation: Situation, caseIds: readonly number[]): ReportFact[] {
  return inOrder(situation.facts.filter((fact) => caseIds.includes(fact.id)))
}
