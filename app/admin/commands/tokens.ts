import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, actorId } from '#app/_auth/actor.ts'
import { endOfLife, LONGEST_DAYS, refusedScopes } from '#app/_auth/rules/scopes.ts'
import { hashToken } from '#app/_auth/token.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { administer, writeDown } from '#app/directory/commands/administer.ts'
import { apiToken, type TokenScope } from '#db/schema/account.ts'
import type { Input, tokenIdInput } from '../input.ts'
import { isInUse } from './sign-in-ways.ts'

export type NewToken = { accountId: number; name: string; scopes: TokenScope[]; days: number }

/** A key for a machine: it speaks as this account, or opens one door. Told once; only its hash is kept. */
export function makeToken(
  actor: Actor,
  { accountId, name, scopes, days }: NewToken,
  now: Date,
): Promise<Result<{ id: number; token: string; expiresAt: Date }>> {
  return administer(actor, 'accounts.keep', async (tx, admin) => {
    const wrong = refusedScopes(scopes)
    if (wrong) return { ok: false, reason: wrong, fields: { scopes: wrong } }
    if (days < 1 || days > LONGEST_DAYS) return refusedField('days', 'accounts.refused.too_long')
    if (!(await isInUse(tx, accountId))) return refused('directory.refused.absent')
    const token = `perm_${randomBytes(32).toString('base64url')}`
    const expiresAt = endOfLife(days, now)
    const [made] = await tx
      .insert(apiToken)
      .values({
        accountId,
        name,
        scopes,
        expiresAt,
        hash: hashToken(token),
        createdAt: now,
        madeBy: actorId(admin),
      })
      .returning({ id: apiToken.id })
    if (!made) return refused('directory.refused.absent')
    await writeDown(
      tx,
      admin,
      `account:${accountId}`,
      'account.token_made',
      { token: made.id, name, scopes, until: expiresAt.toISOString() },
      now,
    )
    return done({ id: made.id, token, expiresAt })
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
