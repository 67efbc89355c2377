import { COUNTRY, TERRITORIES } from '#db/reference/territories.ts'
import type { Place } from './facts.ts'

const PLACES = new Map<string, Place>(
  TERRITORIES.map((one) => [
    one.code,
    {
      code: one.code,
      kind: one.kind,
      parents: [one.regionCode, one.zoneCode, one.code === COUNTRY ? null : COUNTRY].filter(
        (code) => code !== null,
      ),
    },
  ]),
)

/** Where a code of the table of territories lies, as a case of it would be read. */
export function placeOfCode(code: string): Place | null {
  return PLACES.get(code) ?? null
}

/** Is it this territory, or one within it? Everything lies in the country. */
export function liesIn(code: string, outer: string): boolean {
  return outer === COUNTRY || code === outer || (placeOfCode(code)?.parents.includes(outer) ?? false)
}
