import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { within } from '#app/_doors/within.ts'
import { asActor } from '#db/transaction.ts'
import { PATIENCE_MS } from './health.ts'
import type { Checkpoint, Figures } from './rules/findings.ts'
import { clockAhead } from './two-clocks.ts'

/** The figures, for the cell; null for anybody else, and when the database does not answer in time. */
export async function readFigures(actor: AccountActor): Promise<Figures | null> {
  try {
    const [[row], aheadS] = await within(
      PATIENCE_MS,
      Promise.all([
        asActor(actor, (tx) =>
          tx.execute<{
            figures: Omit<Figures, 'aheadS' | 'checkpoint'> | null
            checkpoint: Checkpoint | null
          }>(
            sql`select app.operations() as figures,
              (select value from setting where key = 'journal_checkpoint') as checkpoint`,
          ),
        ),
        clockAhead(),
      ]),
    )
    return row?.figures ? { ...row.figures, aheadS, checkpoint: row.checkpoint } : null
  } catch {
    return null
  }
}
