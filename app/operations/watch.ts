import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { appDb } from '#db/client.ts'
import { proveWrite } from './durable.ts'
import { BEATS, type Beats } from './health.ts'
import { alarms, type Finding } from './rules/findings.ts'
import { clockAhead } from './two-clocks.ts'

/** Every page of the cell asks; the database is asked once in this while. */
const FRESH_MS = 5_000
const PATIENCE_MS = 2_000

let read: { at: number; alarms: Promise<Finding[]> } | null = null

/** What the whole cell must know at once, wherever it is: nothing is kept, a clock does not turn, the journal does not hold. */
export function watch(now = Date.now()): Promise<Finding[]> {
  if (!read || now - read.at > FRESH_MS) read = { at: now, alarms: ask() }
  return read.alarms
}

async function ask(): Promise<Finding[]> {
  try {
    const [[beats], [row], writes, aheadS] = await within(
      PATIENCE_MS,
      Promise.all([
        appDb().execute<Beats>(BEATS),
        appDb().execute<{ broken: { chain: string; seq: number } }>(
          sql`select value->'broken' as broken from setting where key = 'journal_proof' and value->'broken' <> 'null'`,
        ),
        proveWrite(),
        clockAhead(),
      ]),
    )
    return beats ? alarms(writes, beats.age, beats.late, row?.broken ?? null, aheadS) : []
  } catch {
    // A page that shows at all has its database: the next look tells.
    return []
  }
}
