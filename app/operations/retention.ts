import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { appDb } from '#db/client.ts'
import { daysOf, KEPT, type Kept } from './rules/retention.ts'

const PATIENCE_MS = 2_000

/** How long each is kept, in days, as the operator has decided; the page that says it stands without the database. */
export async function retentionInForce(): Promise<Record<Kept, number | null>> {
  const overrides = await within(
    PATIENCE_MS,
    appDb().execute<{ value: Record<string, unknown> }>(
      sql`select value from setting where key = 'retention'`,
    ),
  ).then(
    ([row]) => row?.value ?? {},
    () => ({}),
  )
  return Object.fromEntries(KEPT.map((what) => [what, daysOf(what, overrides)])) as Record<
    Kept,
    number | null
  >
}
