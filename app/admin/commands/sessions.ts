import { and, eq, isNull } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { session } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import type { Input, sessionInput } from '../input.ts'

/** Ends one session of an account, or all of them: a telephone lost, somebody who left. */
export function revokeSessions(
  actor: Actor,
  { accountId, sessionId }: Input<typeof sessionInput>,
  now: Date,
): Promise<Result<{ ended: number }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const ended = await endSessionsOf(tx, accountId, now, sessionId)
    if (ended === 0) return refused('admin.refused.session_gone')
    await writeDown(
      tx,
      admin,
      `account:${accountId}`,
      'account.session_revoked',
      { sessions: ended, by: 'administrator' },
      now,
    )
    return done({ ended })
  })
}

/** Takes effect at the next request: the session row is read at each. */
export async function endSessionsOf(tx: Tx, accountId: number, now: Date, only?: string): Promise<number> {
  const ended = await tx
    .update(session)
    .set({ revokedAt: now })
    .where(
      and(
        eq(session.accountId, accountId),
        isNull(session.revokedAt),
        ...(only ? [eq(session.id, only)] : []),
      ),
    )
    .returning({ id: session.id })
  return ended.length
}
