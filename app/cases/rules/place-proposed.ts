type Known = { code: string; kind: string; regionCode: string | null; zoneCode: string | null }

/**
 * What the form proposes as the place. A centre's own département; of an authority that sees several, none: its whole territory
 * told of one hospital would be read as several départements lost. Its départements come first instead.
 */
export function placeProposed(
  ownCode: string | undefined,
  territories: readonly Known[],
): { code: string; near: string[] } {
  const own = territories.find((one) => one.code === ownCode)
  if (!own) return { code: '', near: [] }
  if (own.kind === 'departement') return { code: own.code, near: [] }
  const within = (one: Known) => own.kind !== 'country' && [one.regionCode, one.zoneCode].includes(own.code)
  return {
    code: '',
    near: territories.filter((one) => one.kind === 'departement' && within(one)).map((one) => one.code),
  }
}
