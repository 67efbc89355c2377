import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { appDb } from '#db/client.ts'
import { type Alarm, alarms } from './rules/findings.ts'

/** Every page of the cell asks; the database is asked once in this while. */
const FRESH_MS = 5_000
const PATIENCE_MS = 2_000

let read: { at: number; alarms: Promise<Alarm[]> } | null = null

/** What the whole cell must know at once, wherever it is: nobody watches the deadlines, the journal does not hold. */
export function watch(now = Date.now()): Promise<Alarm[]> {
  if (!read || now - read.at > FRESH_MS) read = { at: now, alarms: ask() }
  return read.alarms
}

async function ask(): Promise<Alarm[]> {
  try {
    const [row] = await within(
      PATIENCE_MS,
      appDb().execute<{ age: number | null; broken: { chain: string; seq: number } | null }>(
        sql`select (select extract(epoch from now() - max(at))::float8 from worker_heartbeat) as age,
          (select value->'broken' from setting where key = 'journal_proof' and value->'broken' <> 'null') as broken`,
      ),
    )
    return row ? alarms(row.age, row.broken) : []
  } catch {
    // A page that shows at all has its database: the next look tells.
    return []
  }
}
