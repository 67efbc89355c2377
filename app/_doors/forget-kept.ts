import { lt } from 'drizzle-orm'
import { keptForm } from '#db/schema/account.ts'
import { asActor } from '#db/transaction.ts'

/** How long what was typed waits for who typed it (kept.ts). */
export const KEPT_MS = 3600_000

/** Nobody came back within the hour. */
export async function forgetKept(now: Date): Promise<void> {
  await asActor({ kind: 'door' }, (tx) =>
    tx.delete(keptForm).where(lt(keptForm.keptAt, new Date(now.getTime() - KEPT_MS))),
  )
}
