import type { FoundOrganisation } from '#app/directory/search.ts'
import type { ComboOption } from '#components/combo-options.ts'
import type { FoundHolder } from './search.ts'

/** What a form of the administration finds while typing: the name its fields begin with. */
export type Findable = 'organisation' | 'account'

export function organisationOption({ id, name, territory }: FoundOrganisation): ComboOption {
  return { value: String(id), label: name, hint: territory }
}

/** Named by its organisation first: that is what a machine is known by. */
export function holderOption({ id, name, organisation }: FoundHolder): ComboOption {
  return { value: String(id), label: `${organisation} · ${name}` }
}
