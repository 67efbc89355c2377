import { eq, inArray } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'
import type { LineFacts } from './visibility.ts'

export type LiveLine = LineFacts & { id: number; event: string; reference: string | null }

/** The lines just announced, as far as a hint needs them: one query for each world that somebody looks at. */
export async function loadLines(ids: number[], worlds: (number | null)[]): Promise<LiveLine[]> {
  const found: LiveLine[] = []
  for (const world of worlds) {
    const missing = ids.filter((id) => !found.some((line) => line.id === id))
    if (missing.length === 0) break
    found.push(...(await loadWorld(missing, world)))
  }
  return found.sort((a, b) => a.id - b.id)
}

async function loadWorld(ids: number[], world: number | null): Promise<LiveLine[]> {
  const rows = await asActor(machine('live', world), (tx) =>
    tx
      .select({
        id: journal.id,
        event: journal.event,
        chain: journal.chain,
        visibility: journal.visibility,
        exerciseId: journal.exerciseId,
        reference: cases.reference,
        organisationId: cases.organisationId,
        territoryCode: cases.territoryCode,
      })
      .from(journal)
      .leftJoin(cases, eq(cases.id, journal.caseId))
      .where(inArray(journal.id, ids)),
  )
  return rows.map(({ reference, organisationId, territoryCode, ...line }) => ({
    ...line,
    reference,
    case:
      reference === null || territoryCode === null
        ? null
        : { organisationId, territoryCode, exerciseId: line.exerciseId },
  }))
}
