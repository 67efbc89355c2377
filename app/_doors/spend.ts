import { sql } from 'drizzle-orm'
import type { Tx } from '#db/transaction.ts'
import type { Budget } from './rules/budgets.ts'

/** Spends one of this budget with what a command does: milliseconds to wait when there is none left, else none. */
export async function spend(tx: Tx, key: string, budget: Budget, now: Date): Promise<number> {
  const [row] = await tx.execute<{ waits: number }>(
    sql`select app.spend(${JSON.stringify([{ key, ...budget }])}::jsonb, ${now.toISOString()}::timestamptz) as waits`,
  )
  return row?.waits ?? 0
}
