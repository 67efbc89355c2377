import { threshold } from '#db/schema/incidents.ts'
import type { Tx } from '#db/transaction.ts'
import {
  CORRELATION,
  type CorrelationKey,
  type CorrelationValues,
  correlationValues,
} from './rules/thresholds.ts'

/** The values in force: the rules' own, and over them what an administrator changed. */
export async function correlationInForce(tx: Tx): Promise<CorrelationValues> {
  const rows = await tx.select().from(threshold)
  const known = rows.filter((row): row is typeof row & { key: CorrelationKey } =>
    Object.hasOwn(CORRELATION, row.key),
  )
  return correlationValues(Object.fromEntries(known.map((row) => [row.key, row.value])))
}
