import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { done, type Reason, type Result, refused, refusedField } from '#app/_doors/result.ts'
import type { Spending } from '#app/_doors/rules/budgets.ts'
import { understood } from '#app/_doors/wrong-fields.ts'
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
import { maskLongNumbers } from '#app/cases/rules/masking.ts'
import { asActor } from '#db/transaction.ts'
import { type CreateInput, submissionOf, type UpdateInput } from './input.ts'
import { readSender, readTicket } from './queries.ts'

/** A ticket becomes a case by the same command as a report typed by a person. */
export async function createTicket(
  actor: AccountActor,
  input: CreateInput,
  now: Date,
  { budget = [], key = null }: { budget?: Spending[]; key?: string | null } = {},
): Promise<Result<{ reference: string; again: boolean }>> {
  const of = (role: string) => input.relatedEntity.filter((one) => one.role === role).map(({ id }) => id)
  const [territory, ...others] = new Set(of('territory'))
  if (others.length > 0) return refusedField('relatedEntity', 'cases.invalid.tmf_one_territory')
  const sender = territory && input.callbackPhone ? null : await readSender(actor)
  const report = understood(reportInput, {
    submissionId: submissionOf(actor.accountId, input.externalId ?? (key && `key ${key}`)),
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
  const made = report.ok
    ? await reportCase(actor, { ...report.value, content: factsOf(input), budget }, now)
    : report
  if (made.ok && made.value.failsAgain) return failsAgain(actor, made.value.reference, input, now)
  if (!made.ok) return made.fields ? { ...made, fields: inContract(made.fields) } : made
  if (!made.value.again) await keepSaid(actor, made.value.reference, input, now)
  return made
}

/** What a case has no place for, and the notes that came with it: each a line of its journal. */
async function keepSaid(
  actor: AccountActor,
  reference: string,
  { severity, ticketType, relatedEntity, note }: CreateInput,
  now: Date,
): Promise<void> {
  const related = relatedEntity.map(({ id, name, ...one }) => ({
    ...one,
    id: maskLongNumbers(id),
    ...(name && { name: maskLongNumbers(name) }),
  }))
  await asActor(actor, (tx) =>
    tx.execute(sql`insert into ticket (case_id, exercise_id, severity, ticket_type, related)
      select id, exercise_id, ${severity}, ${ticketType}, ${JSON.stringify(related)}::jsonb
        from cases where reference = ${reference}`),
  )
  for (const { text } of note) {
    const said = { reference, version: null, text }
    const kept = may(actor, 'cases.work')
      ? await run(
          updateOfCase,
          { ...said, nextContactAt: (await readTicket(actor, reference))?.nextContactAt },
          (read) => updateCase(actor, read, now),
        )
      : await run(answerInput, said, (read) => answerCase(actor, read, now))
    // All of it or nothing: what was read cannot be refused, unless somebody was quicker than its own transaction.
    if (!kept.ok) throw new Error(`a note of a new ticket was refused: ${kept.reason.key}`)
  }
}

/** What a sender says of the failure itself: with the same externalId, this is what must be the same. */
function factsOf({ severity, ticketType, externalId, note, ...facts }: CreateInput) {
  return note.length > 0 ? { ...facts, note } : facts
}

/** The machine says the same of a failure that was over: the case of its key goes back to work. */
async function failsAgain(actor: AccountActor, reference: string, input: CreateInput, now: Date) {
  const said = { reference, version: null, text: input.description, tests: input.test }
  const back = await run(stillFailingInput, said, (read) => stillFailing(actor, read, now))
  return back.ok ? done({ reference, again: true }) : back
}

/** Where the contract puts what a report calls otherwise. */
const FIELD_OF: Record<string, string> = {
  numbers: 'relatedEntity[role=emergencyNumber]',
  territoryCode: 'relatedEntity[role=territory]',
  communeCodes: 'relatedEntity[role=commune]',
  sinceAt: 'failingSince',
  details: 'description',
  tests: 'test',
  text: 'note',
  nextContactAt: 'nextContactDate',
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
      return run(testsInput, { ...on, tests: input.test, text }, (read) => recordTests(actor, read, now))
    if (!text) return refusedField('note', 'cases.invalid.required')
    if (!input.nextContactDate) return refusedField('nextContactDate', 'cases.invalid.required')
    const update = { ...on, text, nextContactAt: input.nextContactDate }
    return run(updateOfCase, update, (read) => updateCase(actor, read, now))
  }
  switch (input.status) {
    case 'resolved':
      if (input.test.length === 0) return refusedField('test', 'cases.invalid.tests_needed')
      return run(confirmInput, { ...on, tests: input.test, text }, (read) => confirmCase(actor, read, now))
    case 'inProgress':
      if (!text) return refusedField('note', 'cases.invalid.required')
      return run(stillFailingInput, { ...on, text, tests: input.test }, (read) =>
        stillFailing(actor, read, now),
      )
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
    return run(testsInput, { ...on, tests: input.test, text }, (read) => recordTests(actor, read, now))
  if (!text) return refused('cases.refused.tmf_nothing')
  return run(answerInput, { ...on, text }, (read) => answerCase(actor, read, now))
}

/** Notes may each be short enough and together too long: that is told of the note, as any other fault. */
async function run<S extends z.ZodType>(
  schema: S,
  said: z.input<S>,
  command: (read: z.output<S>) => Promise<Result<{ version: number }>>,
): Changed {
  const read = understood(schema, said)
  const result = read.ok ? await command(read.value) : read
  if (result.ok) return done({ version: result.value.version })
  return result.fields ? { ...result, fields: inContract(result.fields) } : result
}

function inContract(fields: Record<string, Reason>): Record<string, Reason> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, why]) => {
      const [head = '', ...rest] = name.split('.')
      return [[FIELD_OF[head] ?? head, ...rest].join('.'), why]
    }),
  )
}
