import { and, eq, gt, inArray, ne, or, sql } from 'drizzle-orm'
import type { EventName } from '#app/_journal/events.ts'
import { journal } from '#db/schema/journal.ts'
import type { Tx } from '#db/transaction.ts'
import { type Hand, OPENED_MS } from '../rules/second-person.ts'

const OPENS: EventName[] = [
  'account.created',
  'account.passphrase_set',
  'account.invited',
  'account.sign_in_reset',
  'account.identity_bound',
]

/** Whose hand an account is, by its own lines of the journal. */
export async function handOf(tx: Tx, id: number, now: Date): Promise<Hand> {
  // A new role, or back in use: another name or number opens nothing.
  const raised = and(
    eq(journal.event, 'account.changed'),
    sql`(${journal.data} ? 'to' or ${journal.data} @> '{"active": true}')`,
  )
  const rows = await tx
    .selectDistinct({ by: journal.actorId })
    .from(journal)
    .where(
      and(
        eq(journal.chain, `account:${id}`),
        gt(journal.at, new Date(now.getTime() - OPENED_MS)),
        ne(journal.actorId, id),
        or(inArray(journal.event, OPENS), raised),
      ),
    )
  return { id, openedBy: rows.flatMap(({ by }) => by ?? []) }
}
