import { sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { within } from '#app/_doors/within.ts'
import { asActor } from '#db/transaction.ts'
import { PATIENCE_MS } from './health.ts'
import type { Figures } from './rules/findings.ts'

/** The figures, for the cell; null for anybody else, and when the database does not answer in time. */
export async function readFigures(actor: AccountActor): Promise<Figures | null> {
  try {
    const [row] = await within(
      PATIENCE_MS,
      asActor(actor, (tx) =>
        tx.execute<{ figures: Figures | null }>(sql`select app.operations() as figures`),
      ),
    )
    return row?.figures ?? null
  } catch {
    return null
  }
}
