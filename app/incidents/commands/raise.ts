import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { follow } from '#app/cases/commands/change.ts'
import { defaultPromise, isOpen } from '#app/cases/rules/deadlines.ts'
import { cases, type Level } from '#db/schema/cases.ts'
import type { Tx } from '#db/transaction.ts'

/** Raises the open cases of an accepted proposal; what is owed gets shorter, never longer. */
export async function raiseCases(
  tx: Tx,
  actor: Actor,
  caseIds: number[],
  level: Level,
  now: Date,
): Promise<void> {
  const rows = await tx
    .select()
    .from(cases)
    .where(and(inArray(cases.id, caseIds), lt(cases.level, level)))
    .for('update')
  for (const row of rows.filter((one) => isOpen(one.state) && one.qualifies)) {
    const sooner = defaultPromise(level, now)
    const nextContactAt = row.nextContactAt && row.nextContactAt < sooner ? row.nextContactAt : sooner
    const set = follow(row, 'set_level', { level, nextContactAt })
    await tx
      .update(cases)
      .set({ ...set, version: row.version + 1 })
      .where(eq(cases.id, row.id))
    await append(tx, actor, {
      chain: `case:${row.id}`,
      caseId: row.id,
      at: now,
      event: 'case.level_changed',
      visibility: 'public',
      data: { from: row.level, to: level, byProposal: true },
    })
  }
}
