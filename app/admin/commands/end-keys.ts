import { and, arrayOverlaps, eq, isNull, not } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { ALONE_SCOPES } from '#app/_auth/rules/scopes.ts'
import { writeDown } from '#app/directory/commands/administer.ts'
import { apiToken } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'

/**
 * Ends the keys of an account, and says how many: all, or those that `speak` as it, when what it may or reads is no longer what they
 * were made for. One of a device only opens its door.
 */
export async function endKeysOf(
  tx: Tx,
  admin: Actor,
  accountId: number,
  which: 'all' | 'speaking',
  now: Date,
): Promise<number> {
  const ended = await tx
    .update(apiToken)
    .set({ revokedAt: now })
    .where(
      and(
        eq(apiToken.accountId, accountId),
        isNull(apiToken.revokedAt),
        which === 'speaking' ? not(arrayOverlaps(apiToken.scopes, ALONE_SCOPES)) : undefined,
      ),
    )
    .returning({ id: apiToken.id })
  for (const { id } of ended)
    await writeDown(tx, admin, `account:${accountId}`, 'account.token_revoked', { token: id }, now)
  return ended.length
}
