import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, actorId, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { THRESHOLDS, type ThresholdKey } from '#app/crisis/rules/thresholds.ts'
import { threshold } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'

export const thresholdInput = z.object({
  key: z.enum(Object.keys(THRESHOLDS) as [ThresholdKey, ...ThresholdKey[]]),
  value: z.coerce
    .number('cases.invalid.number')
    .positive('cases.invalid.number')
    .max(100_000, 'cases.invalid.number'),
})

/** A threshold is data with its reason: changed by an administrator, each change written down. The clock may only be made shorter. */
export function changeThreshold(
  actor: Actor,
  input: z.infer<typeof thresholdInput>,
  now: Date,
): Promise<Result<{ value: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !may(actor, 'settings.keep')) return refused('cell.refused.absent')
    const rule = THRESHOLDS[input.key]
    if (rule.unit === 'share' ? input.value >= 1 : rule.unit !== 'min' && !Number.isInteger(input.value))
      return refusedField('value', 'cases.invalid.number')
    if (input.key === 'clockMin' && input.value > rule.value)
      return refusedField('value', 'cell.refused.clock_longer', { minutes: rule.value })
    const [before] = await tx.select().from(threshold).where(eq(threshold.key, input.key))
    await tx
      .insert(threshold)
      .values({ key: input.key, value: input.value, changedAt: now, changedById: actorId(actor) })
      .onConflictDoUpdate({
        target: threshold.key,
        set: { value: input.value, changedAt: now, changedById: actorId(actor) },
      })
    await append(tx, actor, {
      chain: 'thresholds',
      at: now,
      event: 'threshold.changed',
      visibility: 'internal',
      data: { key: input.key, from: before?.value ?? rule.value, to: input.value },
    })
    return { ok: true, value: { value: input.value } }
  })
}
