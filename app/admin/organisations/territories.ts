import type { OptionGroup } from '#components/field.tsx'
import type { TerritoryKind } from '#db/schema/reference.ts'

export type Territory = { code: string; name: string; kind: TerritoryKind }

/** Départements first: where nearly every organisation stands. */
const ORDER: TerritoryKind[] = ['departement', 'region', 'zone', 'country']

export function placeOptions(
  territories: Territory[],
  label: (kind: TerritoryKind) => string,
): OptionGroup[] {
  return ORDER.map((kind) => ({
    label: label(kind),
    options: territories
      .filter((one) => one.kind === kind)
      .map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
  }))
}
