import { eq } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { phoneCall } from '#db/schema/call.ts'
import type { Tx } from '#db/transaction.ts'
import { waitedS } from '../rules/call.ts'

/** A call is about this case: who waited and who spoke for how long stands in its journal. */
export async function standsIn(
  tx: Tx,
  actor: Actor,
  call: typeof phoneCall.$inferSelect,
  caseId: number,
  now: Date,
): Promise<void> {
  await tx.update(phoneCall).set({ caseId }).where(eq(phoneCall.id, call.id))
  const [startedAt, answeredAt, endedAt] = [call.startedAt, call.answeredAt, call.endedAt].map(
    (at) => at?.getTime() ?? null,
  )
  await append(tx, actor, {
    chain: `case:${caseId}`,
    event: 'call.linked',
    visibility: 'internal',
    at: now,
    caseId,
    factAt: call.startedAt,
    data: {
      call: call.id,
      direction: call.direction,
      waited: waitedS(
        { startedAt: startedAt ?? 0, answeredAt: answeredAt ?? null, endedAt: endedAt ?? null },
        now.getTime(),
      ),
      talked: answeredAt && endedAt ? Math.round((endedAt - answeredAt) / 1_000) : null,
    },
  })
}
