/**
 * Two names that a person reads as one have one key: capitals, accents, dashes, quotes, spaces and signs count for nothing.
 * « SAMU 59 - Nord », « SAMU 59 – Nord » and « samu59 nord » are one organisation, not two voices.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, ' ')
    .trim()
}

/** The one meant among some of the same key: the one written exactly so, else the only one. */
export function meant<T extends { name: string }>(name: string, candidates: readonly T[]): T | null {
  const exact = candidates.filter((one) => one.name === name)
  if (exact.length === 1) return exact[0] ?? null
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}
