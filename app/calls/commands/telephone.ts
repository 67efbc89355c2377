import { and, eq, ne, sql } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { ownTelephone } from '#db/schema/call.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, telephoneInput } from '../input.ts'

/** By which name the switchboard knows my telephone; blank: by none. */
export function nameTelephone(
  actor: Actor,
  { name }: Input<typeof telephoneInput>,
  _now: Date,
): Promise<Result<null>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !may(actor, 'cases.work')) return refused('calls.refused.absent')
    const mine = eq(ownTelephone.accountId, actor.accountId)
    if (!name) {
      await tx.delete(ownTelephone).where(mine)
      return done(null)
    }
    const [taken] = await tx
      .select({ by: ownTelephone.accountId })
      .from(ownTelephone)
      .where(
        and(sql`lower(${ownTelephone.name}) = lower(${name})`, ne(ownTelephone.accountId, actor.accountId)),
      )
    // Two at one telephone would each see the other's callers.
    if (taken) return refusedField('name', 'calls.refused.telephone_taken')
    await tx
      .insert(ownTelephone)
      .values({ accountId: actor.accountId, name })
      .onConflictDoUpdate({ target: ownTelephone.accountId, set: { name } })
    return done(null)
  })
}
