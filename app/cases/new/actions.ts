'use server'

import { getTranslations } from 'next-intl/server'
import { type AccountActor, sideOf } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { formAction } from '#app/_doors/form.ts'
import { type FormState, readForm, type Typed } from '#app/_doors/form-data.ts'
import { fromLocalInput } from '#app/_i18n/time.ts'
import { communesByCode, findCommunes } from '#app/directory/communes.ts'
import { asActor } from '#db/transaction.ts'
import { putOutOfScope } from '../commands/out-of-scope.ts'
import { reportCase } from '../commands/report.ts'
import { redirectedForm, reportForm } from './input.ts'
import { communeOption, packOption } from './options.ts'
import { sendAnswers } from './send.ts'

const send = formAction(reportForm, (actor, input, now) => sendAnswers(actor, input, now), {
  may: 'cases.report',
  next: ({ reference }, _input, actor) => landing(actor, reference),
})

/** The ten questions. Without JavaScript two of its buttons ask the form for more: communes found, rows of tests. */
export async function sendReport(before: FormState, form: FormData): Promise<FormState> {
  const asked = form.get('do')
  if (asked === 'communes' || asked === 'rows') return drawnAgain(before, form, asked)
  const state = await send(before, form)
  // Who has no script is shown what the list holds, to be ticked.
  const found = state.fields.communeCodes ? await foundCommunes(state.values) : {}
  return { ...state, values: { ...state.values, ...(await chosenCommunes(state.values)), ...found } }
}

/** Member of the public, journalist, unknown caller: told what to do, logged, out of scope, counted nowhere. */
const logCall = formAction(
  redirectedForm,
  async (actor, { since, communeText, communeAsSaid, ...input }, now) => {
    const made = await reportCase(
      actor,
      { ...input, channel: 'phone', organisationId: null, calledBack: false, sinceAt: null },
      now,
    )
    if (!made.ok) return made
    const t = await getTranslations({ locale: 'fr', namespace: 'report' })
    const reason = t(`redirect.logged.${input.reporterKind}`)
    const put = await putOutOfScope(actor, { reference: made.value.reference, version: null, reason }, now)
    return put.ok || made.value.again ? made : put
  },
  { may: 'cases.work', next: ({ reference }, _input, actor) => landing(actor, reference) },
)
export async function sendRedirected(before: FormState, form: FormData): Promise<FormState> {
  return logCall(before, form)
}

function landing(actor: AccountActor, reference: string): string {
  return sideOf(actor) === 'cell' ? `/cases/new?channel=phone&done=${reference}` : `/my/${reference}?sent=1`
}

async function drawnAgain(before: FormState, form: FormData, asked: 'communes' | 'rows'): Promise<FormState> {
  const { values } = readForm(form, fromLocalInput)
  const more: Typed =
    asked === 'rows' ? { rows: String((Number(values.rows) || 3) + 3) } : await foundCommunes(values)
  return {
    ok: false,
    answer: (Number(before?.answer) || 0) + 1,
    reason: null,
    fields: {},
    values: { ...values, ...(await chosenCommunes(values)), ...more },
    conflict: null,
    sessionLost: false,
    proveAgain: null,
  }
}

async function foundCommunes(values: Typed): Promise<Typed> {
  const actor = await getActor()
  const typed = String(values.communeText ?? '').slice(0, 80)
  if (!actor || !typed) return {}
  const found = await asActor(actor, (tx) =>
    findCommunes(tx, typed, String(values.territoryCode ?? '') || null),
  )
  const chosen = new Set([values.communeCodes ?? []].flat())
  return {
    communesFound: found
      .filter(({ code }) => !chosen.has(code))
      .map(communeOption)
      .map(packOption),
    communesNone: found.length === 0 ? '1' : '',
  }
}

// The form knows codes; a person reads names.
async function chosenCommunes(values: Typed): Promise<Typed> {
  const codes = [values.communeCodes ?? []].flat().filter((code) => /^[0-9AB]{5}$/.test(code))
  const actor = codes.length > 0 ? await getActor() : null
  if (!actor) return {}
  const found = await asActor(actor, (tx) => communesByCode(tx, codes.slice(0, 200)))
  return { communesChosen: found.map(communeOption).map(packOption) }
}
