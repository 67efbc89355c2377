import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { hashToken } from '#app/_auth/token.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { account, apiToken, type TokenPurpose } from '#db/schema/account.ts'
import type { Input, tokenIdInput, tokenInput } from '../input.ts'

/** A key for a machine, which speaks as this account. Told once; only its hash is kept. */
export function makeToken(
  actor: Actor,
  { accountId, name, purpose = 'tickets' }: Input<typeof tokenInput> & { purpose?: TokenPurpose },
  now: Date,
): Promise<Result<{ id: number; token: string }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const [holder] = await tx
      .select({ id: account.id })
      .from(account)
      .where(and(eq(account.id, accountId), eq(account.active, true)))
    if (!holder) return refused('directory.refused.absent')
    const token = `perm_${randomBytes(32).toString('base64url')}`
    const [made] = await tx
      .insert(apiToken)
      .values({ accountId, name, purpose, hash: hashToken(token), createdAt: now })
      .returning({ id: apiToken.id })
    if (!made) return refused('directory.refused.absent')
    await writeDown(
      tx,
      admin,
      `account:${accountId}`,
      'account.token_made',
      { token: made.id, name, purpose },
      now,
    )
    return done({ id: made.id, token })
  })
}

/** Refused within seconds: the door believes a key for a moment (app/_doors/api.ts). */
export function revokeToken(
  actor: Actor,
  { id }: Input<typeof tokenIdInput>,
  now: Date,
): Promise<Result<null>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const [ended] = await tx
      .update(apiToken)
      .set({ revokedAt: now })
      .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
      .returning()
    if (!ended) return refused('admin.refused.token_gone')
    await writeDown(tx, admin, `account:${ended.accountId}`, 'account.token_revoked', { token: id }, now)
    return done(null)
  })
}
