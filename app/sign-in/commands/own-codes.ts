import { randomInt } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { sealed } from '#app/_auth/sealed.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { account } from '#db/schema/account.ts'
import { recoveryCode, totp } from '#db/schema/identity.ts'
import { recoveryHash, TOTP_USE } from '../codes.ts'
import { findHolder, holderOf, waysOf } from '../holder.ts'
import { asOneself } from '../oneself.ts'
import { ALPHABET, HOW_MANY, LENGTH, shown } from '../rules/recovery.ts'
import { mayLose } from '../rules/strength.ts'
import { stepOf } from '../totp.ts'
import { becomeSetUp } from './set-up.ts'

/** The application shows the codes of this secret: one of them proves it. In the place of the former, if there was one. */
export async function setTotp(
  actor: AccountActor,
  { secret, code, sessionId }: { secret: string; code: string; sessionId: string },
  now: Date,
): Promise<Result<null>> {
  const step = await stepOf(secret, code.replace(/\s/g, ''), now)
  if (step === null) return refusedField('proof', 'auth.totp.wrong')
  const { accountId } = actor
  return asOneself(actor, now, async (tx, write) => {
    const made = { secret: sealed(TOTP_USE, secret), lastStep: step, createdAt: now }
    await tx
      .insert(totp)
      .values({ accountId, ...made })
      .onConflictDoUpdate({ target: totp.accountId, set: made })
    await write('account.totp_set')
    await becomeSetUp(tx, accountId, sessionId)
    return done(null)
  })
}

export async function removeTotp(actor: AccountActor, _: object, now: Date): Promise<Result<null>> {
  const { accountId } = actor
  return asOneself(actor, now, async (tx, write) => {
    const who = await findHolder(tx, eq(account.id, accountId))
    if (who && !mayLose(holderOf(who), { ...waysOf(who), totp: false })) return refused('auth.ways.last')
    const gone = await tx.delete(totp).where(eq(totp.accountId, accountId)).returning()
    if (gone.length > 0) await write('account.totp_removed')
    return done(null)
  })
}

/** Ten new codes for paper, told once; the former are worth nothing from now on. */
export async function makeCodes(
  actor: AccountActor,
  { sessionId, secret }: { sessionId: string; secret: string },
  now: Date,
): Promise<Result<{ codes: string[] }>> {
  const { accountId } = actor
  const codes = Array.from({ length: HOW_MANY }, () =>
    Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  )
  return asOneself(actor, now, async (tx, write) => {
    await tx.delete(recoveryCode).where(eq(recoveryCode.accountId, accountId))
    await tx
      .insert(recoveryCode)
      .values(codes.map((code) => ({ accountId, hash: recoveryHash(accountId, code, secret), madeAt: now })))
    await write('account.codes_made', { codes: codes.length })
    await becomeSetUp(tx, accountId, sessionId)
    return done({ codes: codes.map(shown) })
  })
}
