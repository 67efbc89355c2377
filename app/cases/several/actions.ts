'use server'

import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { formAction } from '#app/_doors/form.ts'
import type { FormDoor } from '#app/_doors/form-data.ts'
import type { Result } from '#app/_doors/result.ts'
import { type Put, putIntoIncident } from '#app/incidents/commands/put.ts'
import { acknowledgeCase } from '../commands/acknowledge.ts'
import { assignCase } from '../commands/assign.ts'
import { attachDuplicate } from '../commands/duplicate.ts'
import { eachCase, MOST_AT_ONCE } from '../commands/each.ts'
import { updateCase } from '../commands/update.ts'
import { requiredText } from '../fields.ts'
import { acknowledgeInput, assignInput, duplicateInput, updateInput } from '../input.ts'
import { promised } from '../promised.ts'
import { readReference } from '../rules/reference-number.ts'
import { NEW_INCIDENT, type SeveralAct } from './acts.ts'

type Target = { reference: string; version: number }

/** '2026-000012-3:4', the version being the one on the screen. */
const targets = z
  .array(
    z
      .string()
      .regex(/^[\w-]{1,24}:\d{1,9}$/, 'queue.several.none')
      .transform((text): Target => {
        const [reference = '', version] = text.split(':')
        return { reference, version: Number(version) }
      }),
    { error: 'queue.several.none' },
  )
  .min(1, 'queue.several.none')
  .max(MOST_AT_ONCE, 'queue.several.too_many')

const chosen = z.object({ cases: targets })
const ofOne = { reference: true, version: true } as const

function door<S extends z.ZodType<{ cases: Target[] }>>(
  act: SeveralAct,
  schema: S,
  run: (actor: AccountActor, given: z.output<S>, now: Date) => Promise<Result<{ done: number }>>,
): FormDoor {
  const send = formAction(schema, run, {
    may: 'cases.work',
    fromNow: promised,
    next: ({ done }) => ({ key: `queue.several.done.${act}`, values: { count: done } }),
  })
  return async (before, form) => named(await send(before, form))
}

/** Of several, each says which one it is. */
function named(state: Awaited<ReturnType<FormDoor>>): Awaited<ReturnType<FormDoor>> {
  const fields = Object.entries(state.fields).map(([field, said]) => [
    field,
    field.startsWith('case-') ? { ...said, text: `${field.slice('case-'.length)} – ${said.text}` } : said,
  ])
  return { ...state, fields: Object.fromEntries(fields) }
}

export const acknowledgeSeveral = door(
  'acknowledge',
  acknowledgeInput.omit(ofOne).extend(chosen.shape),
  (actor, { cases, ...given }, now) =>
    eachCase(cases, (target) => acknowledgeCase(actor, { ...given, ...target }, now)),
)

export const updateSeveral = door(
  'update',
  updateInput.omit(ofOne).extend(chosen.shape),
  (actor, { cases, ...given }, now) =>
    eachCase(cases, (target) => updateCase(actor, { ...given, ...target }, now)),
)

export const assignSeveral = door(
  'assign',
  assignInput.omit(ofOne).extend(chosen.shape),
  (actor, { cases, ...given }, now) =>
    eachCase(cases, (target) => assignCase(actor, { ...given, ...target }, now)),
)

/** The main case may be one of those chosen: it stays what it is. */
export const attachSeveral = door(
  'attach_duplicate',
  duplicateInput.omit(ofOne).extend(chosen.shape),
  (actor, { cases, ...given }, now) =>
    eachCase(
      cases.filter(({ reference }) => reference !== readReference(given.of)),
      (target) => attachDuplicate(actor, { ...given, ...target }, now),
    ),
)

export const incidentSeveral = door(
  'incident',
  chosen.extend({
    incident: z.string({ error: 'cases.invalid.required' }).trim().min(1),
    reason: requiredText,
  }),
  (actor, { cases, incident, reason }, now) => {
    let into: Put['incident'] = incident === NEW_INCIDENT ? null : incident
    return eachCase(cases, async ({ reference }) => {
      const put = await putIntoIncident(actor, { reference, incident: into, reason }, now)
      // The first one opens it, the others join it there.
      if (put.ok) into = put.value.incident
      return put
    })
  },
)
