import type { AccountActor } from '#app/_auth/actor.ts'
import { actorWho } from '#app/_auth/session.ts'
import type { FormDoor } from '#app/_doors/form-data.ts'
import { BLANK_FORM, type FormState, readForm } from '#app/_doors/form-data.ts'
import { beginning } from '#app/_doors/rules/cut.ts'
import { say } from '#app/_doors/say.ts'
import { fromLocalInput } from '#app/_i18n/time.ts'
import { packOption } from '#app/cases/new/options.ts'
import { searchOrganisations } from '#app/directory/search.ts'
import type { ComboOption } from '#components/combo-options.ts'
import { type Findable, holderOption, organisationOption } from './found-option.ts'
import { readHolder, readOrganisationName, searchHolders } from './search.ts'

/** No number of anything: what was typed names none, or several. */
const UNFOUND = '?'

type Finder = {
  search: (actor: AccountActor, typed: string) => Promise<ComboOption[]>
  read: (actor: AccountActor, id: number) => Promise<ComboOption | null>
  none: string
  unfound: string
}

const FINDERS: Record<Findable, Finder> = {
  organisation: {
    search: async (actor, typed) => (await searchOrganisations(actor, typed)).map(organisationOption),
    read: async (actor, id) => optional(organisationOption, await readOrganisationName(actor, id)),
    none: 'accounts.field.organisation_none',
    unfound: 'accounts.field.organisation_unfound',
  },
  account: {
    search: async (actor, typed) => (await searchHolders(actor, typed)).map(holderOption),
    read: async (actor, id) => optional(holderOption, await readHolder(actor, id)),
    none: 'accounts.tokens.account_none',
    unfound: 'accounts.tokens.account_unfound',
  },
}

/**
 * What `FoundField` asks, as it was typed, for who chose nothing in the list: nothing is none, a name that is one's alone is
 * that one. Without JavaScript a button asks for the list, and the form is drawn again with it.
 */
export async function withFound(
  what: Findable,
  send: FormDoor,
  before: FormState,
  form: FormData,
): Promise<FormState> {
  const actor = await actorWho('accounts.keep')
  if (!actor) return send(before, form)
  const { values } = readForm(form, fromLocalInput)
  const said = (part: 'Text' | 'Id' | 'Was') =>
    String([values[`${what}${part}`] ?? ''].flat().at(-1) ?? '').trim()
  const text = beginning(said('Text'), 200)
  const searching = form.get('do') === what
  const { chosen, found } = await understood(actor, FINDERS[what], { text, id: said('Id'), was: said('Was') })
  const field = `${what}Id`
  const shown = { [`${what}Chosen`]: chosen ? packOption(chosen) : '' }
  const list = { [`${what}Found`]: found.map(packOption) }
  if (searching) {
    const answer = (Number(before?.answer) || 0) + 1
    const fields: FormState['fields'] =
      found.length === 0 && text && !chosen ? { [field]: await say({ key: FINDERS[what].none }) } : {}
    return { ...BLANK_FORM, answer, fields, values: { ...values, ...shown, ...list } }
  }
  form.set(field, chosen ? chosen.value : text ? UNFOUND : '')
  const state = await send(before, form)
  if (state.ok) return state
  const unfound = chosen || !text ? null : await say({ key: FINDERS[what].unfound })
  return {
    ...state,
    fields: unfound && state.fields[field] ? { ...state.fields, [field]: unfound } : state.fields,
    values: { ...state.values, [field]: chosen?.value ?? '', ...shown, ...list },
  }
}

async function understood(
  actor: AccountActor,
  { read, search }: Finder,
  { text, id, was }: { text: string; id: string; was: string },
): Promise<{ chosen: ComboOption | null; found: ComboOption[] }> {
  if (!text) return { chosen: null, found: [] }
  const ticked = /^[1-9]\d{0,14}$/.test(id) ? await read(actor, Number(id)) : null
  // Without JavaScript the number of the first one stays in the form, whatever is typed over its name.
  if (ticked && (ticked.label === text || id !== was)) return { chosen: ticked, found: [] }
  const found = await search(actor, text)
  const alone = found.length === 1 || found[0]?.label === text ? (found[0] ?? null) : null
  return { chosen: alone, found: alone ? [] : found }
}

function optional<Row>(option: (row: Row) => ComboOption, row: Row | null): ComboOption | null {
  return row && option(row)
}
