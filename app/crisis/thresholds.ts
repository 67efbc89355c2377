import { threshold } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import { CLOCK, type ClockValues, clockValues } from './rules/thresholds.ts'

/** The values of the thirty minutes in force. */
export async function clockInForce(tx: Tx): Promise<ClockValues> {
  const rows = await tx.select().from(threshold)
  return clockValues(
    Object.fromEntries(
      rows.filter((row) => Object.hasOwn(CLOCK, row.key)).map((row) => [row.key, row.value]),
    ),
  )
}
