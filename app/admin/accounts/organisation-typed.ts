import type { AccountActor } from '#app/_auth/actor.ts'
import { getActor } from '#app/_auth/session.ts'
import { BLANK_FORM, type FormState, readForm } from '#app/_doors/form-data.ts'
import type { FormDoor } from '#app/_doors/form-frame.tsx'
import { say } from '#app/_doors/say.ts'
import { fromLocalInput } from '#app/_i18n/time.ts'
import { packOption } from '#app/cases/new/options.ts'
import { type FoundOrganisation, readOrganisationName, searchOrganisations } from '../queries.ts'
import { organisationOption } from './organisation-option.ts'

/** No number of an organisation: what was typed names none, or several. */
const UNFOUND = '?'

/**
 * The organisation as it was typed, for who chose none in the list: nothing is none, a name that is one's alone is that one.
 * Without JavaScript a button asks for the list, and the form is drawn again with it.
 */
export async function withOrganisation(
  send: FormDoor,
  before: FormState,
  form: FormData,
): Promise<FormState> {
  const actor = await getActor()
  if (actor?.role !== 'admin') return send(before, form)
  const { values } = readForm(form, fromLocalInput)
  const said = (name: string) => String([values[name] ?? ''].flat().at(-1) ?? '').trim()
  const text = said('organisationText').slice(0, 80)
  const searching = form.get('do') === 'organisations'
  const { chosen, found } = await understood(actor, {
    text,
    id: said('organisationId'),
    was: said('organisationWas'),
  })
  const shown = { organisationChosen: chosen ? packOption(organisationOption(chosen)) : '' }
  const list = { organisationsFound: found.map(organisationOption).map(packOption) }
  if (searching) {
    const answer = (Number(before?.answer) || 0) + 1
    const fields: FormState['fields'] =
      found.length === 0 && text && !chosen
        ? { organisationId: await say({ key: 'accounts.field.organisation_none' }) }
        : {}
    return { ...BLANK_FORM, answer, fields, values: { ...values, ...shown, ...list } }
  }
  form.set('organisationId', chosen ? String(chosen.id) : text ? UNFOUND : '')
  const state = await send(before, form)
  if (state.ok) return state
  const unfound = chosen || !text ? null : await say({ key: 'accounts.field.organisation_unfound' })
  return {
    ...state,
    fields:
      unfound && state.fields.organisationId ? { ...state.fields, organisationId: unfound } : state.fields,
    values: { ...state.values, organisationId: chosen ? String(chosen.id) : '', ...shown, ...list },
  }
}

async function understood(
  actor: AccountActor,
  { text, id, was }: { text: string; id: string; was: string },
): Promise<{ chosen: FoundOrganisation | null; found: FoundOrganisation[] }> {
  if (!text) return { chosen: null, found: [] }
  const ticked = /^[1-9]\d{0,14}$/.test(id) ? await readOrganisationName(actor, Number(id)) : null
  // Without JavaScript the number of the first one stays in the form, whatever is typed over its name.
  if (ticked && (ticked.name === text || id !== was)) return { chosen: ticked, found: [] }
  const found = await searchOrganisations(actor, text)
  const alone = found.length === 1 || found[0]?.name === text ? (found[0] ?? null) : null
  return { chosen: alone, found: alone ? [] : found }
}
