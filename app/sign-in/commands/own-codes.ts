import { randomInt } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { sealed } from '#app/_auth/sealed.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { account } from '#db/schema/account.ts'
import { recoveryCode, totp } from '#db/schema/identity.ts'
import { asActor } from '#db/transaction.ts'
import { recoveryHash, TOTP_USE } from '../codes.ts'
import { findHolder, holderOf, waysOf } from '../holder.ts'
import { ALPHABET, HOW_MANY, LENGTH, shown } from '../rules/recovery.ts'
import { mayLose } from '../rules/strength.ts'
import { stepOf } from '../totp.ts'
import { ownLine } from './passkeys.ts'
import { becomeSetUp } from './set-up.ts'

/** The application shows the codes of this secret: one of them proves it. In the place of the former, if there was one. */
export async function setTotp(
  actor: AccountActor,
  { secret, code, sessionId }: { secret: string; code: string; sessionId: string },
  now: Date,
): Promise<Result<null>> {
  const step = await stepOf(secret, code.replace(/\s/g, ''), now)
  if (step === null) return refusedField('proof', 'auth.totp.wrong')
  const self: AccountActor = { ...actor, exerciseId: null }
  return asActor(self, async (tx) => {
    const made = { secret: sealed(TOTP_USE, secret), lastStep: step, createdAt: now }
    await tx
      .insert(totp)
      .values({ accountId: self.accountId, ...made })
      .onConflictDoUpdate({ target: totp.accountId, set: made })
    await append(tx, self, ownLine(self, 'account.totp_set', {}, now))
    await becomeSetUp(tx, self, sessionId)
    return done(null)
  })
}

export async function removeTotp(actor: AccountActor, _: object, now: Date): Promise<Result<null>> {
  const self: AccountActor = { ...actor, exerciseId: null }
  return asActor(self, async (tx) => {
    const who = await findHolder(tx, eq(account.id, self.accountId))
    if (who && !mayLose(holderOf(who), { ...waysOf(who), totp: false })) return refused('auth.ways.last')
    const gone = await tx.delete(totp).where(eq(totp.accountId, self.accountId)).returning()
    if (gone.length > 0) await append(tx, self, ownLine(self, 'account.totp_removed', {}, now))
    return done(null)
  })
}

/** Ten new codes for paper, told once; the former are worth nothing from now on. */
export async function makeCodes(
  actor: AccountActor,
  { sessionId, secret }: { sessionId: string; secret: string },
  now: Date,
): Promise<Result<{ codes: string[] }>> {
  const self: AccountActor = { ...actor, exerciseId: null }
  const codes = Array.from({ length: HOW_MANY }, () =>
    Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  )
  return asActor(self, async (tx) => {
    await tx.delete(recoveryCode).where(eq(recoveryCode.accountId, self.accountId))
    await tx.insert(recoveryCode).values(
      codes.map((code) => ({
        accountId: self.accountId,
        hash: recoveryHash(self.accountId, code, secret),
        madeAt: now,
      })),
    )
    await append(tx, self, ownLine(self, 'account.codes_made', { codes: codes.length }, now))
    await becomeSetUp(tx, self, sessionId)
    return done({ codes: codes.map(shown) })
  })
}
