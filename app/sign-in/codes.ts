import { and, eq, isNull, lt } from 'drizzle-orm'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { unsealed } from '#app/_auth/sealed.ts'
import { recoveryCode, totp } from '#db/schema/identity.ts'
import type { Tx } from '#db/transaction.ts'
import { readRecoveryCode } from './rules/recovery.ts'
import { stepOf } from './totp.ts'

export const TOTP_USE = 'totp'

/**
 * Takes a code: six digits of the application, or one from paper. Each is taken once, whoever else sends it at the same instant;
 * null when it is none of these.
 */
export async function takeCode(
  tx: Tx,
  { accountId, code, secret }: { accountId: number; code: string; secret: string },
  now: Date,
): Promise<'totp' | 'recovery_code' | null> {
  const onPaper = readRecoveryCode(code)
  if (onPaper) {
    const used = await tx
      .update(recoveryCode)
      .set({ usedAt: now })
      .where(
        and(
          eq(recoveryCode.accountId, accountId),
          eq(recoveryCode.hash, recoveryHash(accountId, onPaper, secret)),
          isNull(recoveryCode.usedAt),
        ),
      )
      .returning({ hash: recoveryCode.hash })
    return used.length > 0 ? 'recovery_code' : null
  }
  const [app] = await tx.select().from(totp).where(eq(totp.accountId, accountId))
  const key = app && unsealed(TOTP_USE, app.secret)
  const step = key ? await stepOf(key, code.replace(/\s/g, ''), now, app.lastStep) : null
  if (step === null) return null
  const taken = await tx
    .update(totp)
    .set({ lastStep: step })
    .where(and(eq(totp.accountId, accountId), lt(totp.lastStep, step)))
    .returning({ accountId: totp.accountId })
  return taken.length > 0 ? 'totp' : null
}

/** Keyed: whoever reads the database alone cannot try codes on it. */
export function recoveryHash(accountId: number, code: string, secret: string): string {
  return fingerprint(`recovery:${accountId}:${code}`, secret)
}
