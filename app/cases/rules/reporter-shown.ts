import type { Level } from '#db/schema/cases.ts'

/** The readers of a case that is not their own; each authority by the widest territory it answers for. */
export type Authority = 'departement' | 'region' | 'zone' | 'country'

/**
 * From which level an authority must act, and so may have to telephone the reporter: who is told at which level (DOMAIN §4). Below,
 * and when the case is over, it reads the facts and the organisation, and no name nor number. Shown at /privacy. [D]
 */
export const ACTS_FROM: Record<Authority, Level> = { departement: 2, region: 3, zone: 3, country: 4 }

export function authorityOf(territories: string[]): Authority | null {
  if (territories.length === 0) return null
  if (territories.includes('FR')) return 'country'
  if (territories.some((code) => code.startsWith('Z-'))) return 'zone'
  return territories.some((code) => /^R\d/.test(code)) ? 'region' : 'departement'
}

/** Whether this reader is shown who reported, and at which number. */
export function showsReporter(
  reader: { ownOrganisation: boolean; atTheCell: boolean; territories: string[] },
  seen: { level: Level; open: boolean },
): boolean {
  if (reader.ownOrganisation || reader.atTheCell) return true
  const authority = authorityOf(reader.territories)
  return authority !== null && seen.open && seen.level >= ACTS_FROM[authority]
}

/** What a reporter did is read under his organisation's name, by whoever need not call him. */
export function withoutName<Line extends { side: string; who: string }>(
  line: Line,
  organisation: string | null,
): Line {
  return line.side === 'reporter' ? { ...line, who: organisation ?? '–' } : line
}
