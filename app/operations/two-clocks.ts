import { sql } from 'drizzle-orm'
import { appDb } from '#db/client.ts'

/**
 * Seconds that the clock of this server is ahead of the database's, measured in the middle of asking. One writes the hours of
 * the journal, the other says which of them have passed: two hours between them would be two hours of missed promises.
 */
export async function clockAhead(): Promise<number> {
  const from = Date.now()
  const [row] = await appDb().execute<{ at: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 as at`,
  )
  const middle = (from + Date.now()) / 2
  return row ? middle / 1000 - row.at : 0
}
