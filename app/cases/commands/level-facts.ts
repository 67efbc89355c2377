import { and, eq, ne, sql } from 'drizzle-orm'
import { cases, caseTest } from '#db/schema/cases.ts'
import { organisation } from '#db/schema/directory.ts'
import { territory } from '#db/schema/reference.ts'
import type { Tx } from '#db/transaction.ts'
import type { LevelFacts } from '../rules/level.ts'
import { levelFacts } from '../rules/level-facts.ts'
import type { CaseRow } from './change.ts'

/**
 * What the level rule needs to know of a case already written. Tests of an authority are read beside it and weigh nothing here:
 * they are of other lines than those of the report, and would hide its loss.
 */
export async function levelFactsOf(tx: Tx, row: CaseRow): Promise<LevelFacts> {
  const tests = await tx
    .select({ passed: caseTest.passed, tried: caseTest.tried })
    .from(caseTest)
    .where(and(eq(caseTest.caseId, row.id), ne(caseTest.side, 'authority')))
  const vital = await tx.execute<{ number: string }>(sql`select n.number from app.numbers() n, ${cases} c
    where c.id = ${row.id} and n.number = any (c.numbers) and n.vital`)
  const [place] = await tx.select().from(territory).where(eq(territory.code, row.territoryCode))
  const [who] = row.organisationId
    ? await tx
        .select({ sees: organisation.sees })
        .from(organisation)
        .where(eq(organisation.id, row.organisationId))
    : []
  return levelFacts(row, {
    verification: row.verification,
    vitalNumbers: vital.map((one) => one.number),
    territory: place,
    sees: who?.sees ?? [],
    tests,
  })
}
