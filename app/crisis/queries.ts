import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { noticeRecipient } from '#db/schema/crisis.ts'
import { organisation } from '#db/schema/directory.ts'
import type { Tx } from '#db/transaction.ts'

/** Recipients still to be telephoned. */
export function callTasks(tx: Tx) {
  return tx
    .select({
      id: noticeRecipient.id,
      noticeId: noticeRecipient.noticeId,
      organisation: organisation.name,
      callDueAt: noticeRecipient.callDueAt,
    })
    .from(noticeRecipient)
    .innerJoin(organisation, eq(organisation.id, noticeRecipient.organisationId))
    .where(and(isNotNull(noticeRecipient.callDueAt), isNull(noticeRecipient.acknowledgedAt)))
}
