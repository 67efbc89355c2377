import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { secret } from '#app/_auth/cookie.ts'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { journal } from '#db/schema/journal.ts'
import type { Tx } from '#db/transaction.ts'

/** A telephone that was asked to ring rings within; what begins later was dialled by hand. [D] */
const BEGINS_WITHIN_MS = 3 * 60_000

/** The number that was dialled, for a journal that holds none: only who has our secret can tell whether it is this one. */
export function dialMark(phone: string): string {
  return fingerprint(`dial:${phone}`, secret()).slice(0, 32)
}

/** The case from whose page this number was dialled just before; null when none was. */
export async function dialledFor(tx: Tx, phone: string, startedAt: Date): Promise<number | null> {
  const [line] = await tx
    .select({ caseId: journal.caseId })
    .from(journal)
    .where(
      and(
        eq(journal.event, 'call.dialled'),
        gt(journal.at, new Date(startedAt.getTime() - BEGINS_WITHIN_MS)),
        isNotNull(journal.caseId),
        sql`${journal.data} ->> 'mark' = ${dialMark(phone)}`,
      ),
    )
    .orderBy(desc(journal.id))
    .limit(1)
  return line?.caseId ?? null
}
