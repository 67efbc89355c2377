import { eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { notificationChoice } from '#db/schema/notification.ts'
import { asActor } from '#db/transaction.ts'

/** What this person has chosen not to be told. */
export async function readQuiet(actor: AccountActor): Promise<readonly string[]> {
  const [row] = await asActor(actor, (tx) =>
    tx
      .select({ quiet: notificationChoice.quiet })
      .from(notificationChoice)
      .where(eq(notificationChoice.accountId, actor.accountId)),
  )
  return row?.quiet ?? []
}
