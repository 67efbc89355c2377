import type { FoundCommune } from '#app/directory/communes.ts'
import type { FoundReporter } from '#app/directory/search.ts'
import type { ComboOption } from '#components/combo-options.ts'

export function communeOption({ code, name, departementCode, postcodes }: FoundCommune): ComboOption {
  const [first = '', second] = postcodes
  return { value: code, label: `${name} (${departementCode})`, hint: second ? `${first}…` : first }
}

export function reporterOption(found: FoundReporter): ComboOption {
  const who = [found.contact, found.post].filter(Boolean).join(', ')
  return {
    value: reporterKey(found.organisationId, found.contactId),
    label: found.organisation,
    hint: who || found.territory,
  }
}

/** 'organisation' or 'organisation.person', as it stands in the address of the page. */
function reporterKey(organisationId: number, contactId: number | null): string {
  return contactId ? `${organisationId}.${contactId}` : String(organisationId)
}

/** People whom the directory does not know: the first three are told what to do, logged, and not counted. */
export const UNKNOWN_CALLERS = ['citizen', 'media', 'unknown_caller', 'unlisted'] as const
export type UnknownCaller = (typeof UNKNOWN_CALLERS)[number]
export type ChosenReporter =
  | { kind: UnknownCaller }
  | { kind: 'known'; organisationId: number; contactId: number | null }

export function readReporterKey(key: string | undefined): ChosenReporter | null {
  const unknown = UNKNOWN_CALLERS.find((kind) => kind === key)
  if (unknown) return { kind: unknown }
  const [, organisation, contact] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(key ?? '') ?? []
  if (!organisation) return null
  return { kind: 'known', organisationId: Number(organisation), contactId: contact ? Number(contact) : null }
}

// What the answer of a form carries back to who has no JavaScript: 'code|label|hint'.
export function packOption({ value, label, hint }: ComboOption): string {
  return [value, label, hint ?? ''].join('|')
}

export function unpackOptions(packed: string | string[] | undefined): ComboOption[] {
  return [packed ?? []].flat().flatMap((one) => {
    const [value, label, hint] = one.split('|')
    return value && label ? [{ value, label, ...(hint ? { hint } : {}) }] : []
  })
}
