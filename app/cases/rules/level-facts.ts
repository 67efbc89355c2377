import { familyOf } from '#db/reference/symptoms.ts'
import type { Verification } from '#db/schema/cases.ts'
import type { TerritoryKind } from '#db/schema/reference.ts'
import { namesSeveral } from './extent.ts'
import type { LevelFacts } from './level.ts'

/** What was said of the failure, on a form or in the row of its case. */
export type SaidOfFailure = Omit<
  LevelFacts,
  | 'verified'
  | 'vitalNumbers'
  | 'family'
  | 'territoryKind'
  | 'timeZone'
  | 'overseas'
  | 'communes'
  | 'wideView'
  | 'namesSeveral'
  | 'tests'
> & {
  territoryCode: string
  communeCodes: string[]
  symptomWords?: string | null
  details?: string | null
}

/** What the directory and the tables know beside it. */
export type KnownOfFailure = {
  verification: Verification
  vitalNumbers: string[]
  territory: { kind: TerritoryKind; timeZone: string } | null | undefined
  /** Territories that the reporter's organisation sees as an authority. */
  sees: string[]
  tests: LevelFacts['tests']
}

/** What the level rule needs, of a report that comes in and of a case already written alike. */
export function levelFacts(said: SaidOfFailure, known: KnownOfFailure): LevelFacts {
  return {
    ...said,
    verified: known.verification !== 'unverified',
    vitalNumbers: known.vitalNumbers,
    family: familyOf(said.symptom),
    territoryKind: known.territory?.kind ?? 'departement',
    timeZone: known.territory?.timeZone ?? 'Europe/Paris',
    overseas: isOverseas(said.territoryCode),
    communes: said.communeCodes.length,
    wideView: seesWide(known.sees, said.territoryCode),
    namesSeveral: namesSeveral(`${said.symptomWords ?? ''} ${said.details ?? ''}`),
    tests: known.tests,
  }
}

/** Official codes: overseas départements and collectivities start with 97 or 98. */
function isOverseas(territoryCode: string): boolean {
  return /^9[78]/.test(territoryCode)
}

/** An authority that sees more than the one territory it names. */
function seesWide(sees: string[], territoryCode: string): boolean {
  return sees.includes('FR') || sees.some((code) => code !== territoryCode)
}
