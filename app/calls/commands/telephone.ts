import { eq } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { ownTelephone } from '#db/schema/call.ts'
import { inReality } from '#db/transaction.ts'
import type { Input, telephoneInput } from '../input.ts'

/** By which name the switchboard knows my telephone, and so who sees which caller; blank: by none. */
export function nameTelephone(
  actor: Actor,
  { name }: Input<typeof telephoneInput>,
  now: Date,
): Promise<Result<null>> {
  return inReality(actor, async (tx, real) => {
    if (actor.kind !== 'account' || !may(actor, 'cases.work')) return refused('calls.refused.absent')
    const mine = eq(ownTelephone.accountId, actor.accountId)
    await tx.delete(ownTelephone).where(mine)
    if (name) {
      const made = await tx
        .insert(ownTelephone)
        .values({ accountId: actor.accountId, name })
        .onConflictDoNothing()
        .returning({ by: ownTelephone.accountId })
      // Two at one telephone would each see the other's callers; nothing is changed then.
      if (made.length === 0) throw new Taken()
    }
    await append(tx, real, {
      chain: `account:${actor.accountId}`,
      event: 'call.telephone_named',
      visibility: 'internal',
      at: now,
      data: { accountId: actor.accountId, telephone: name },
    })
    return done(null)
  }).catch((error) => {
    if (error instanceof Taken) return refusedField('name', 'calls.refused.telephone_taken')
    throw error
  })
}

/** Ends the transaction: the name that one had stays. */
class Taken extends Error {}
