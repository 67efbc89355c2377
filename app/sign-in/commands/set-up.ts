import { and, eq } from 'drizzle-orm'
import { account, session } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import { findHolder, holderOf, waysOf } from '../holder.ts'
import { isEnough } from '../rules/strength.ts'

/** After each way that is added: with enough of them, the session that set them up is open to everything. */
export async function becomeSetUp(tx: Tx, accountId: number, sessionId: string): Promise<void> {
  const who = await findHolder(tx, eq(account.id, accountId))
  if (!who || !isEnough(holderOf(who), waysOf(who))) return
  await tx
    .update(session)
    .set({ confined: false, strong: true })
    .where(and(eq(session.id, sessionId), eq(session.confined, true)))
}
