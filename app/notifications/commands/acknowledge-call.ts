import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { outbox } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'
import type { JournalLine } from './tell.ts'

/** "I am here", said on the page: what called him is answered, and what was still to call him stays at home. */
export async function acknowledgeCall(actor: MachineActor, line: JournalLine, now: Date): Promise<void> {
  const { actorId } = line
  if (actorId === null) return
  await asActor(actor, (tx) =>
    tx
      .update(outbox)
      .set({
        state: sql`case when ${outbox.state} = 'queued' then 'cancelled' else 'acknowledged' end`,
        acknowledgedAt: sql`case when ${outbox.state} <> 'queued' then ${now.toISOString()}::timestamptz end`,
        dueAt: null,
      })
      .where(
        and(
          eq(outbox.accountId, actorId),
          eq(outbox.kind, 'crisis_called'),
          inArray(outbox.state, ['queued', 'sent', 'delivered']),
        ),
      ),
  )
}
