import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { journal } from '#db/schema/journal.ts'
import { asActor } from '#db/transaction.ts'

/**
 * What is said publicly on a case is said to its duplicates' reporters too, each in its own case: a duplicate is
 * attached, not lost. Said again (a job retried), it changes nothing.
 */
export async function passOnToDuplicates(
  actor: MachineActor,
  line: { id: number; caseId: number | null; text: string | null },
  now: Date,
): Promise<void> {
  const { caseId, text } = line
  if (caseId === null || !text) return
  await asActor(actor, async (tx) => {
    const duplicates = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(eq(cases.duplicateOfId, caseId))
      .for('update')
    for (const { id } of duplicates) {
      const [said] = await tx
        .select({ id: journal.id })
        .from(journal)
        .where(and(eq(journal.caseId, id), sql`${journal.data} ->> 'passedOn' = ${String(line.id)}`))
      if (said) continue
      await append(tx, actor, {
        chain: `case:${id}`,
        caseId: id,
        at: now,
        event: 'case.updated',
        visibility: 'public',
        text,
        data: { passedOn: line.id },
      })
    }
  })
}
