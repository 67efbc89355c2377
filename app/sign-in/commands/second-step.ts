import { eq } from 'drizzle-orm'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { account } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'
import { admit, countFailure, forgive, keyOfSecond, marksOf, remember } from '../attempts.ts'
import { takeCode } from '../codes.ts'
import { findHolder } from '../holder.ts'
import { openStrong, type SignedIn, type Where, writeAtDoor } from '../open-session.ts'

export type SecondStep = {
  /** Whose passphrase was right, minutes ago, in this browser. */
  accountId: number
  code: string
  browser: string
  where: Where
  secret: string
}

/** The second proof after the passphrase: a code of the application, or one from paper. */
export function secondStep(input: SecondStep, now: Date): Promise<Result<SignedIn>> {
  const { accountId, where, secret } = input
  return asActor({ kind: 'door', accountId }, async (tx) => {
    const keys = [keyOfSecond(accountId, secret)]
    const { until, failures } = await admit(tx, keys, now)
    if (until) return refused('auth.wait', { until: until.toISOString() })
    const who = await findHolder(tx, eq(account.id, accountId))
    const method = who?.usable ? await takeCode(tx, input, now) : null
    if (!who || !method) {
      await countFailure(tx, 'wrong_code', now)
      await writeAtDoor(tx, accountId, 'account.sign_in_failed', { method: 'code', times: failures }, now)
      return refused('auth.second.wrong')
    }
    await forgive(tx, keys, now)
    await remember(tx, accountId, marksOf({ ...input, address: where.address }), now)
    const signed = await openStrong(tx, who, { method, where }, now)
    await writeAtDoor(tx, accountId, 'account.signed_in', { method }, now)
    return done(signed)
  })
}
