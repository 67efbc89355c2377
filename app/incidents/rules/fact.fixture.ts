import { MINUTE, type ReportFact, reportFact, type Said } from './facts.ts'

export const T0 = Date.parse('2026-03-10T10:00:00Z')
export const VITAL = ['15', '17', '18', '112']

/** A département centre that hears nothing on the 18, unless said otherwise; `min` after T0. */
export function fact(id: number, min: number, said: Partial<Said> & { place?: string } = {}): ReportFact {
  const { place = '59', ...rest } = said
  return reportFact({
    ...{ id, reference: String(id), at: T0 + min * MINUTE },
    ...{ organisation: `org-${id}`, organisationName: `Org ${id}`, reporterKind: 'sdis', verified: true },
    ...{ channel: 'phone', territory: { code: place, kind: 'departement', parents: ['FR'] } },
    ...{ numbers: ['18'], symptom: 'NO_RING', callingOperator: null, technology: null, siteAccess: null },
    ...{ tests: null, fallback: null, longNumberOk: null, duplicateOf: null, closedAt: null, text: '' },
    ...rest,
  })
}
