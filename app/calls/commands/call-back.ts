import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { type Actor, may } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { phoneCall } from '#db/schema/call.ts'
import { inReality } from '#db/transaction.ts'
import type { calledBackInput, Input } from '../input.ts'
import { callOf } from './hear.ts'

/** Somebody called back: what came of it, for all that the same number tried and nobody answered. */
export function logCallBack(
  actor: Actor,
  input: Input<typeof calledBackInput>,
  now: Date,
): Promise<Result<null>> {
  return inReality(actor, async (tx, real) => {
    if (actor.kind !== 'account' || !may(actor, 'cases.work')) return refused('calls.refused.absent')
    const call = await callOf(tx, input.callId)
    if (!call?.callBackAt) return refused('calls.refused.absent')
    // A colleague was first, or they called again and were answered.
    if (call.calledBackAt) return refused('calls.refused.done')
    await tx
      .update(phoneCall)
      .set({
        calledBackAt: now,
        calledBackById: actor.accountId,
        calledBackByName: actor.name,
        result: input.result,
      })
      .where(
        and(
          isNotNull(phoneCall.callBackAt),
          isNull(phoneCall.calledBackAt),
          call.phone ? eq(phoneCall.phone, call.phone) : eq(phoneCall.id, call.id),
        ),
      )
    await append(tx, real, {
      chain: 'calls',
      event: 'call.called_back',
      visibility: 'internal',
      at: now,
      text: input.result,
      data: { call: call.id, organisationId: call.organisationId },
    })
    return done(null)
  })
}
