import { type Actor, actorId, exerciseOf, may, sideOf } from '#app/_auth/actor.ts'
import { done, type Reason, type Result, refused, tooMany } from '#app/_doors/result.ts'
import type { Spending } from '#app/_doors/rules/budgets.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { phoneReason, readPhone } from '#app/directory/rules/phone.ts'
import { isSymptom } from '#db/reference/symptoms.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import { asActor } from '#db/transaction.ts'
import type { ReportInput } from '../input.ts'
import { newCase } from '../rules/new-case.ts'
import { judgeResending } from '../rules/resending.ts'
import { saidHours, saidTests } from '../rules/said-hour.ts'
import { type Existing, type Seen, seeReport } from './report-seen.ts'
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
 * sending it spends; none by telephone, by a drill or a seed. `sheetOf`: the organisation whose own sending the cell reads in.
 */
type Report = ReportInput & { content?: unknown; budget?: Spending[]; sheetOf?: number | null }

/**
 * Signalement: the report becomes a case, durable, journalled, routed, with its deadlines and its first promise, in one
 * transaction. Sent twice with the same submissionId it is one case, and the second answer says the same number; what the
 * same id means with another content or when its case is over, rules/resending.ts says.
 */
export function reportCase(
  actor: Actor,
  { content, budget = [], sheetOf = null, ...given }: Report,
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
      submissionScope: submissionScope(actor, own ?? sheetOf),
      submissionContent: contentMark(content ?? { ...given, submissionId: null }),
    }
    const seen = await seeReport(tx, actor, input, submission.submissionScope, organisationId, budget, now)
    if (seen.waits > 0) return tooMany(seen.waits)
    const before = seen.existing && answerAgain(seen.existing, input, submission.submissionContent, now)
    if (before) return before
    const wrong = judgeReport(input, seen, organisationId, [hours, tests])
    if (wrong) return wrong

    const said = { ...(hours.ok && hours.value.said.said), ...(tests.ok && tests.value.said.said) }
    const sender = {
      side: sideOf(actor),
      accountId: actorId(actor),
      exerciseId: exerciseOf(actor),
      organisationId,
    }
    const continues = seen.former?.id ?? seen.existing?.id ?? null
    const made = newCase(input, sender, { ...seen, continues }, now)
    const submissionRound = seen.existing ? seen.existing.round + 1 : 0
    const [written] = await tx
      .insert(cases)
      .values({ ...made.row, ...submission, submissionRound })
      .onConflictDoNothing({ target: [cases.submissionId, cases.submissionScope, cases.submissionRound] })
      .returning({ id: cases.id })
    if (!written) {
      // Somebody (the same reporter, twice at once) was first: his case is the case.
      const { existing } = await seeReport(
        tx,
        actor,
        input,
        submission.submissionScope,
        organisationId,
        [],
        now,
      )
      const other = existing && answerAgain(existing, input, submission.submissionContent, now)
      return other ?? refused('cases.refused.absent')
    }
    const [first, ...rest] = linesOf(made, input, said)
    const on = { chain: `case:${written.id}`, caseId: written.id, at: now }
    // Sent together: neither waits for what the other answers.
    await Promise.all([
      addTests(tx, actor, { id: written.id, exerciseId: made.row.exerciseId }, input.tests, 'report', now),
      append(tx, actor, { ...first, ...on }, ...rest.map((line) => ({ ...line, ...on }))),
    ])
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

/** What is written down of it. */
function linesOf(
  { row, rule }: ReturnType<typeof newCase<ReportInput>>,
  input: ReportInput,
  said: Record<string, string>,
): [Unplaced, ...Unplaced[]] {
  const { level, levelReasons: reasons, verification, teamId, assigneeId } = row
  const lines: [Unplaced, ...Unplaced[]] = [
    {
      event: 'case.reported',
      visibility: 'public',
      certainty: 'reported',
      text: input.details ?? input.symptomWords,
      ...(input.heardAt ? { heardAt: input.heardAt } : {}),
      ...(input.sinceAt ? { factAt: input.sinceAt } : {}),
      data: {
        channel: input.channel,
        level,
        reasons,
        numbers: input.numbers,
        symptom: input.symptom,
        verification,
        ...totals(input.tests),
        // Hours of a clock ahead of ours, as they were said.
        ...(Object.keys(said).length > 0 ? { said } : {}),
      },
    },
    {
      event: 'case.assigned',
      visibility: 'internal',
      data: { rule: rule?.name ?? null, ruleId: rule?.id ?? null, teamId, assigneeId },
    },
  ]
  if (row.acknowledgedAt)
    lines.push({
      event: 'case.acknowledged',
      visibility: 'public',
      data: { nextContactAt: row.nextContactAt.toISOString() },
    })
  return lines
}
type Unplaced = Omit<Line, 'chain' | 'at'>

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
