import type { ComboOption } from '#components/combo-options.ts'
import type { FoundOrganisation } from '../queries.ts'

export function organisationOption({ id, name, territory }: FoundOrganisation): ComboOption {
  return { value: String(id), label: name, hint: territory }
}
