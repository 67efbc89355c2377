import { sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may, sideOf } from '#app/_auth/actor.ts'
import { done, type Reason, type Result, refused, tooMany } from '#app/_doors/result.ts'
import type { Spending } from '#app/_doors/rules/budgets.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { phoneReason, readPhone } from '#app/directory/rules/phone.ts'
import { familyOf, isSymptom } from '#db/reference/symptoms.ts'
import { type CaseState, cases, type Level, type Verification } from '#db/schema/cases.ts'
import type { TerritoryKind } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { ReportInput } from '../input.ts'
import { clocksFrom, defaultPromise, nextDeadline, queueRank } from '../rules/deadlines.ts'
import { namesSeveral } from '../rules/extent.ts'
import { GRAVE, type LevelFacts, levelOf } from '../rules/level.ts'
import { makeReference, yearOfNumber } from '../rules/reference-number.ts'
import { judgeResending } from '../rules/resending.ts'
import { type RoutingRule, route } from '../rules/routing.ts'
import { saidHours, saidTests } from '../rules/said-hour.ts'
import { isOverseas, seesWide } from './level-facts.ts'
import { contentMark, submissionScope } from './submission.ts'
import { addTests, totals } from './tests.ts'

export type Reported = {
  id: number
  reference: string
  level: Level
  nextContactAt: Date
  /** It is a case that was made before. */
  again: boolean
  /** And its machine says that what was over fails again: the case is to go back to work. */
  failsAgain: boolean
}

/**
 * `content`: what was said, where `input` was made of it with the hour of its arrival ("for ten minutes"). `budget`: what
 * sending it spends; none by telephone, by a drill or a seed.
 */
type Report = ReportInput & { content?: unknown; budget?: Spending[] }

/**
 * Signalement: the report becomes a case, durable, journalled, routed, with its deadlines and its first promise, in one
 * transaction. Sent twice with the same submissionId it is one case, and the second answer says the same number; what the
 * same id means with another content or when its case is over, rules/resending.ts says.
 */
export function reportCase(
  actor: Actor,
  { content, budget = [], ...given }: Report,
  now: Date,
): Promise<Result<Reported>> {
  const hours = saidHours({ sinceAt: given.sinceAt, heardAt: given.heardAt }, now)
  const tests = saidTests(given.tests, now)
  const input = { ...given, ...(hours.ok && hours.value.at), ...(tests.ok && { tests: tests.value.tests }) }
  return asActor(actor, async (tx) => {
    const ofReporter = actor.kind === 'account' && sideOf(actor) === 'reporter'
    if (!may(actor, 'cases.report') || (ofReporter && !actor.organisationId))
      return refused('cases.refused.no_organisation')
    const own = ofReporter ? actor.organisationId : null
    const organisationId = own ?? input.organisationId
    const submission = {
      submissionScope: submissionScope(actor, own),
      submissionContent: contentMark(content ?? { ...given, submissionId: null }),
    }
    const seen = await see(tx, actor, input, submission.submissionScope, organisationId, budget, now)
    if (seen.waits > 0) return tooMany(seen.waits)
    const before = seen.existing && answerAgain(seen.existing, input, submission.submissionContent, now)
    if (before) return before
    const wrong = judgeReport(input, seen, organisationId, [hours, tests])
    if (wrong) return wrong

    const said = { ...(hours.ok && hours.value.said.said), ...(tests.ok && tests.value.said.said) }
    const made = decide(actor, input, seen, organisationId, now, said)
    const submissionRound = seen.existing ? seen.existing.round + 1 : 0
    const [written] = await tx
      .insert(cases)
      .values({ ...made.row, ...submission, submissionRound })
      .onConflictDoNothing({ target: [cases.submissionId, cases.submissionScope, cases.submissionRound] })
      .returning({ id: cases.id })
    if (!written) {
      // Somebody (the same reporter, twice at once) was first: his case is the case.
      const { existing } = await see(tx, actor, input, submission.submissionScope, organisationId, [], now)
      const other = existing && answerAgain(existing, input, submission.submissionContent, now)
      return other ?? refused('cases.refused.absent')
    }
    await addTests(tx, actor, { id: written.id, exerciseId: made.row.exerciseId }, input.tests, 'report', now)
    const [first, ...rest] = made.lines
    const on = { chain: `case:${written.id}`, caseId: written.id, at: now }
    await append(tx, actor, { ...first, ...on }, ...rest.map((line) => ({ ...line, ...on })))
    return {
      ok: true,
      value: {
        id: written.id,
        reference: made.row.reference,
        level: made.row.level,
        nextContactAt: made.row.nextContactAt,
        again: false,
        failsAgain: false,
      },
    }
  })
}

type Existing = {
  id: number
  reference: string
  level: Level
  nextContactAt: string | null
  round: number
  content: string | null
  state: CaseState
  receivedAt: string
  closedAt: string | null
  originalOpen: boolean
}
type Seen = {
  existing: Existing | null
  organisation: { kind: string; name: string; sees: string[] } | null
  territory: { kind: TerritoryKind; timeZone: string; parents: string[] } | null
  known: { number: string; vital: boolean }[]
  site: { access: string } | null
  former: { id: number } | null
  routing: { general: number; rules: RoutingRule[]; onDuty: number[] }
  rank: number
  /** Milliseconds until there is something to spend again. */
  waits: number
}

/** Everything the decision needs, in one round trip, as this actor may see it. */
async function see(
  tx: Tx,
  actor: Actor,
  input: ReportInput,
  scope: string,
  organisationId: number | null,
  budget: Spending[],
  now: Date,
): Promise<Seen> {
  const world = exerciseOf(actor) === null ? 'case' : 'exercise'
  const numbers = `{${input.numbers.map((number) => JSON.stringify(number)).join(',')}}`
  const [seen] = await tx.execute<Seen>(sql`
    with spent as materialized (select app.spend(${JSON.stringify(budget)}::jsonb, ${now.toISOString()}::timestamptz) as waits)
    select spent.waits,
    (select jsonb_build_object('id', c.id, 'reference', c.reference, 'level', c.level, 'nextContactAt', c.next_contact_at,
        'round', c.submission_round, 'content', c.submission_content, 'state', c.state, 'receivedAt', c.received_at,
        'closedAt', c.closed_at, 'originalOpen', exists (select from cases o
          where o.id = c.duplicate_of_id and app.is_open(o.state)))
      from cases c where c.submission_id = ${input.submissionId}::uuid and c.submission_scope = ${scope}
      order by c.submission_round desc limit 1) as existing,
    (select jsonb_build_object('kind', kind, 'name', name, 'sees', sees) from organisation
      where id = ${organisationId}::bigint and active) as organisation,
    (select jsonb_build_object('kind', kind, 'timeZone', time_zone, 'parents', array_remove(array[region_code, zone_code, case when exercise_id is null then 'FR' end], null))
      from territory where code = ${input.territoryCode}) as territory,
    (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'vital', vital)), '[]') from app.numbers()
      where number = any (${numbers}::text[])) as known,
    (select jsonb_build_object('access', access) from site where id = ${input.siteId}::bigint
      and organisation_id = ${organisationId}::bigint) as site,
    (select jsonb_build_object('id', id) from cases where reference = ${input.reopenedFrom}
      and organisation_id = ${organisationId}::bigint) as former,
    app.routing(${now.toISOString()}::timestamptz) as routing,
    case when spent.waits = 0 then app.next_case_number(${world}, ${yearOfNumber(now)})::int end as rank from spent`)
  return seen as Seen
}

function judgeReport(
  input: ReportInput,
  seen: Seen,
  organisationId: number | null,
  hours: Result<unknown>[],
) {
  const fields: Record<string, Reason> = {}
  for (const judged of hours) if (!judged.ok) Object.assign(fields, judged.fields)
  if (!seen.territory) fields.territoryCode = { key: 'cases.invalid.territory' }
  if (organisationId && !seen.organisation) fields.organisationId = { key: 'cases.invalid.organisation' }
  if (input.numbers.some((number) => !seen.known.some((one) => one.number === number)))
    fields.numbers = { key: 'cases.invalid.unknown_number' }
  if (input.siteId && !seen.site) fields.siteId = { key: 'cases.invalid.site' }
  if (!isSymptom(input.symptom)) fields.symptom = { key: 'cases.invalid.symptom' }
  const { fault } = input.callbackPhone ? readPhone(input.callbackPhone, input.territoryCode) : {}
  if (fault) fields.callbackPhone = phoneReason(fault)
  return Object.keys(fields).length > 0 ? { ...refused('cases.invalid.form'), fields } : null
}

/** What the directory says; where it only says "other", the cell may say more (a drill from abroad has kinds of its own). */
function kindOf(actor: Actor, input: ReportInput, known: string | null): string {
  if (known === null || (known === 'other' && sideOf(actor) !== 'reporter'))
    return input.reporterKind ?? known ?? 'unknown_caller'
  return known
}

function decide(
  actor: Actor,
  input: ReportInput,
  seen: Seen,
  organisationId: number | null,
  now: Date,
  said: Record<string, string>,
) {
  const verification = verificationOf(actor, input, organisationId)
  const reporterKind = kindOf(actor, input, seen.organisation?.kind ?? null)
  const { level, reasons } = levelOf(levelFacts(input, seen, verification), now)
  const territories = [input.territoryCode, ...(seen.territory?.parents ?? [])]
  const routed = route(
    { territories, numbers: input.numbers, level, reporterKind },
    seen.routing.rules,
    seen.routing.general,
    new Set(seen.routing.onDuty),
  )
  // Whoever took the call has read the report: it is acknowledged as it is written.
  const takenByPhone = sideOf(actor) === 'cell'
  const clocks = clocksFrom(level, now)
  const { tests, calledBack, heardAt, reopenedFrom, ...facts } = input
  const state: CaseState = takenByPhone ? 'acknowledged' : 'received'
  const timed = {
    state,
    level,
    receivedAt: now,
    acknowledgedAt: takenByPhone ? now : null,
    ackDueAt: takenByPhone ? null : clocks.ackDueAt,
    checkDueAt: clocks.checkDueAt,
    nextContactAt: defaultPromise(level, now),
    ackMissedAt: null,
    checkMissedAt: null,
    promiseMissedAt: null,
    stillFailingAt: null,
    escalation: 0,
  }
  const row = {
    ...facts,
    ...timed,
    reference: makeReference(yearOfNumber(now), seen.rank, exerciseOf(actor) !== null),
    exerciseId: exerciseOf(actor),
    levelReasons: reasons,
    graveSince: level >= GRAVE ? now : null,
    organisationId,
    reporterAccountId: takenByPhone ? null : actorId(actor),
    reporterKind,
    verification,
    heardAt: heardAt ?? now,
    callbackPhone: input.callbackPhone
      ? (readPhone(input.callbackPhone, input.territoryCode).phone ?? null)
      : null,
    siteAccess: input.siteAccess ?? seen.site?.access ?? null,
    teamId: routed.teamId,
    assigneeId: routed.assigneeId ?? (takenByPhone ? actorId(actor) : null),
    deadlineAt: nextDeadline(timed),
    queueRank: queueRank(timed),
    reopenedFromId: seen.former?.id ?? seen.existing?.id ?? null,
  }
  const lines: [Omit<Line, 'chain' | 'at'>, ...Omit<Line, 'chain' | 'at'>[]] = [
    {
      event: 'case.reported',
      visibility: 'public',
      certainty: 'reported',
      text: input.details ?? input.symptomWords,
      ...(heardAt ? { heardAt } : {}),
      ...(input.sinceAt ? { factAt: input.sinceAt } : {}),
      data: {
        channel: input.channel,
        level,
        reasons,
        numbers: input.numbers,
        symptom: input.symptom,
        verification,
        ...totals(tests),
        // Hours of a clock ahead of ours, as they were said.
        ...(Object.keys(said).length > 0 ? { said } : {}),
      },
    },
    {
      event: 'case.assigned',
      visibility: 'internal',
      data: {
        rule: routed.rule?.name ?? null,
        ruleId: routed.rule?.id ?? null,
        teamId: routed.teamId,
        assigneeId: row.assigneeId,
      },
    },
  ]
  if (takenByPhone)
    lines.push({
      event: 'case.acknowledged',
      visibility: 'public',
      data: { nextContactAt: row.nextContactAt.toISOString() },
    })
  return { row, lines }
}

/** Directory match plus call-back, or signed in (DOMAIN §5, §7). */
function verificationOf(actor: Actor, input: ReportInput, organisationId: number | null): Verification {
  if (sideOf(actor) === 'reporter') return 'signed_in'
  return organisationId && input.calledBack ? 'called_back' : 'unverified'
}

function levelFacts(input: ReportInput, seen: Seen, verification: Verification): LevelFacts {
  return {
    ...input,
    verified: verification !== 'unverified',
    vitalNumbers: seen.known.filter((one) => one.vital).map((one) => one.number),
    family: familyOf(input.symptom),
    territoryKind: seen.territory?.kind ?? 'departement',
    timeZone: seen.territory?.timeZone ?? 'Europe/Paris',
    overseas: isOverseas(input.territoryCode),
    communes: input.communeCodes.length,
    wideView: seesWide(seen.organisation?.sees ?? [], input.territoryCode),
    namesSeveral: namesSeveral(`${input.symptomWords ?? ''} ${input.details ?? ''}`),
  }
}

/** What is answered when the key was used before; null when it begins anew with a case of its own. */
function answerAgain(
  existing: Existing,
  input: ReportInput,
  content: string,
  now: Date,
): Result<Reported> | null {
  const { id, reference, level } = existing
  const first = {
    state: existing.state,
    receivedAt: new Date(existing.receivedAt),
    closedAt: existing.closedAt ? new Date(existing.closedAt) : null,
    originalOpen: existing.originalOpen,
  }
  const sameContent = existing.content === null || existing.content === content
  const verdict = judgeResending(first, { sameContent, byMachine: input.channel === 'api' }, now)
  if (verdict === 'new_case') return null
  if (verdict === 'otherwise') return refused('cases.refused.sent_otherwise', { reference })
  const nextContactAt = new Date(existing.nextContactAt ?? now)
  return done({ id, reference, level, nextContactAt, again: true, failsAgain: verdict === 'fails_again' })
}
