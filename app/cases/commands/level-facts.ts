import { eq, sql } from 'drizzle-orm'
import { familyOf } from '#db/reference/symptoms.ts'
import { cases, caseTest } from '#db/schema/cases.ts'
import { organisation } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import { namesSeveral } from '../rules/extent.ts'
import type { LevelFacts } from '../rules/level.ts'
import type { CaseRow } from './change.ts'

/** What the level rule needs to know of a case already written. */
export async function levelFactsOf(tx: Tx, row: CaseRow): Promise<LevelFacts> {
  const tests = await tx
    .select({ passed: caseTest.passed, tried: caseTest.tried })
    .from(caseTest)
    .where(eq(caseTest.caseId, row.id))
  const vital = await tx.execute<{ number: string }>(sql`select n.number from app.numbers() n, ${cases} c
    where c.id = ${row.id} and n.number = any (c.numbers) and n.vital`)
  const [place] = await tx.select().from(territory).where(eq(territory.code, row.territoryCode))
  const [who] = row.organisationId
    ? await tx
        .select({ sees: organisation.sees })
        .from(organisation)
        .where(eq(organisation.id, row.organisationId))
    : []
  return {
    ...row,
    verified: row.verification !== 'unverified',
    vitalNumbers: vital.map((one) => one.number),
    family: familyOf(row.symptom),
    territoryKind: place?.kind ?? 'departement',
    timeZone: place?.timeZone ?? 'Europe/Paris',
    overseas: isOverseas(row.territoryCode),
    communes: row.communeCodes.length,
    wideView: seesWide(who?.sees ?? [], row.territoryCode),
    namesSeveral: namesSeveral(`${row.symptomWords ?? ''} ${row.details ?? ''}`),
    tests,
  }
}

/** Official codes: overseas départements and collectivities start with 97 or 98. */
export function isOverseas(territoryCode: string): boolean {
  return /^9[78]/.test(territoryCode)
}

/** An authority that sees more than the one territory it names. */
export function seesWide(sees: string[], territoryCode: string): boolean {
  return sees.includes('FR') || sees.some((code) => code !== territoryCode)
}
