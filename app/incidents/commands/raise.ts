import { and, inArray, lt } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { changeHeld } from '#app/cases/commands/change.ts'
import { defaultPromise } from '#app/cases/rules/deadlines.ts'
import { isOpen } from '#app/cases/rules/states.ts'
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
    await changeHeld(tx, actor, row, 'set_level', now, {
      set: { level, nextContactAt },
      line: {
        event: 'case.level_changed',
        visibility: 'public',
        data: { from: row.level, to: level, byProposal: true },
      },
    })
  }
}
