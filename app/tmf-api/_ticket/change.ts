import { type AccountActor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { answerCase } from '#app/cases/commands/answer.ts'
import { confirmCase } from '#app/cases/commands/confirm.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { stillFailing } from '#app/cases/commands/still-failing.ts'
import { recordTests } from '#app/cases/commands/tests.ts'
import { updateCase } from '#app/cases/commands/update.ts'
import {
  answerInput,
  confirmInput,
  reportInput,
  stillFailingInput,
  testsInput,
  updateInput as updateOfCase,
} from '#app/cases/input.ts'
import { type CreateInput, submissionOf, type UpdateInput } from './input.ts'
import { readSender } from './queries.ts'

/** A ticket becomes a case by the same command as a report typed by a person. */
export async function createTicket(
  actor: AccountActor,
  input: CreateInput,
  now: Date,
): Promise<Result<{ reference: string }>> {
  const of = (role: string) => input.relatedEntity.filter((one) => one.role === role).map(({ id }) => id)
  const [territory] = of('territory')
  const sender = territory && input.callbackPhone ? null : await readSender(actor)
  const report = reportInput.safeParse({
    submissionId: submissionOf(actor.accountId, input.externalId),
    channel: 'api',
    externalId: input.externalId,
    numbers: of('emergencyNumber'),
    symptom: input.symptom,
    details: input.description,
    sinceAt: input.failingSince,
    territoryCode: territory ?? sender?.territoryCode,
    communeCodes: of('commune'),
    callbackPhone: input.callbackPhone ?? sender?.callback,
    tests: input.test,
  })
  if (!report.success) {
    const issue = report.error.issues[0]
    const field = FIELD_OF[String(issue?.path[0])] ?? String(issue?.path[0])
    return refusedField(
      field,
      /^\w+(\.\w+)+$/.test(issue?.message ?? '') ? String(issue?.message) : 'forms.invalid',
    )
  }
  const made = await reportCase(actor, report.data, now)
  if (made.ok || !made.fields) return made
  const fields = Object.fromEntries(
    Object.entries(made.fields).map(([name, why]) => [FIELD_OF[name] ?? name, why]),
  )
  return { ...made, fields }
}

/** Where the contract puts what a report calls otherwise. */
const FIELD_OF: Record<string, string> = {
  numbers: 'relatedEntity[role=emergencyNumber]',
  territoryCode: 'relatedEntity[role=territory]',
  communeCodes: 'relatedEntity[role=commune]',
  sinceAt: 'failingSince',
  details: 'description',
  tests: 'test',
}

type Changed = Promise<Result<{ version: number }>>

/** What a PATCH may ask for; anything else is refused with what could have been asked. */
export async function changeTicket(
  actor: AccountActor,
  reference: string,
  input: UpdateInput,
  now: Date,
): Changed {
  const text = [...input.note.map((note) => note.text), input.statusChangeReason ?? ''].join('\n').trim()
  const on = { reference, version: null }
  if (may(actor, 'cases.work')) {
    if (input.status === 'inProgress' && !text)
      return acknowledgeCase(actor, { ...on, nextContactAt: input.nextContactDate ?? null }, now)
    if (input.status) return refusedField('status', 'cases.refused.tmf_status_cell')
    if (input.test.length > 0)
      return recordTests(actor, testsInput.parse({ ...on, tests: input.test, text }), now)
    if (!text) return refusedField('note', 'cases.invalid.required')
    if (!input.nextContactDate) return refusedField('nextContactDate', 'cases.invalid.required')
    return updateCase(actor, updateOfCase.parse({ ...on, text, nextContactAt: input.nextContactDate }), now)
  }
  switch (input.status) {
    case 'resolved':
      if (input.test.length === 0) return refusedField('test', 'cases.invalid.tests_needed')
      return confirmCase(actor, confirmInput.parse({ ...on, tests: input.test, text }), now)
    case 'inProgress':
      if (!text) return refusedField('note', 'cases.invalid.required')
      return stillFailing(actor, stillFailingInput.parse({ ...on, text, tests: input.test }), now)
    case null:
    case undefined:
      break
    case 'acknowledged':
    case 'rejected':
    case 'pending':
    case 'held':
    case 'cancelled':
    case 'closed':
      return refusedField('status', 'cases.refused.tmf_status_reporter')
  }
  if (input.test.length > 0)
    return recordTests(actor, testsInput.parse({ ...on, tests: input.test, text }), now)
  if (!text) return refused('cases.refused.tmf_nothing')
  const answered = await answerCase(actor, answerInput.parse({ ...on, text }), now)
  return answered.ok ? done({ version: answered.value.version }) : answered
}
