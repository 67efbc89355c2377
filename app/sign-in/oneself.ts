import type { AccountActor } from '#app/_auth/actor.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { inReality, type Tx } from '#db/transaction.ts'

/** A line of one's own chain: what one did to one's own account. */
type WriteOwn = (event: Line['event'], data?: Line['data'], text?: string) => Promise<void>

/** One transaction of somebody about himself. */
export function asOneself<T>(
  actor: AccountActor,
  now: Date,
  work: (tx: Tx, write: WriteOwn) => Promise<T>,
): Promise<T> {
  return inReality(actor, (tx, self) =>
    work(tx, (event, data, text) =>
      append(tx, self, {
        chain: `account:${self.accountId}`,
        event,
        visibility: 'internal',
        at: now,
        data,
        text,
      }),
    ),
  )
}
