import { lt } from 'drizzle-orm'
import { ANSWERED_WITHIN_MS } from '#app/_auth/ceremony.ts'
import { hashToken } from '#app/_auth/token.ts'
import { spentChallenge } from '#db/schema/identity.ts'
import type { Tx } from '#db/transaction.ts'

/** Strikes off a challenge that is answered; false when it was answered before. Kept until it would have expired by itself. */
export async function spend(tx: Tx, challenge: string, now: Date): Promise<boolean> {
  const struck = tx
    .insert(spentChallenge)
    .values({ mark: hashToken(challenge), until: new Date(now.getTime() + 2 * ANSWERED_WITHIN_MS) })
    .onConflictDoNothing()
    .returning({ mark: spentChallenge.mark })
  const [, made] = await Promise.all([
    tx.delete(spentChallenge).where(lt(spentChallenge.until, now)).execute(),
    struck.execute(),
  ])
  return made.length > 0
}
