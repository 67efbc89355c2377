import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, actorId, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { THRESHOLDS, type ThresholdKey } from '#app/crisis/rules/thresholds.ts'
import { threshold } from '#db/schema/incidents.ts'
import { inReality } from '#db/transaction.ts'

export const thresholdInput = z.object({
  key: z.enum(Object.keys(THRESHOLDS) as [ThresholdKey, ...ThresholdKey[]]),
  value: z.coerce
    .number('cases.invalid.number')
    .positive('cases.invalid.number')
    .max(100_000, 'cases.invalid.number'),
})

/** May it be tried or saved: null, or why not. The clock may only be made shorter. */
function faultOf({ key, value }: z.infer<typeof thresholdInput>) {
  const rule = THRESHOLDS[key]
  if (rule.unit === 'share' ? value >= 1 : rule.unit !== 'min' && !Number.isInteger(value))
    return refusedField('value', 'cases.invalid.number')
  if (key === 'clockMin' && value > rule.value)
    return refusedField('value', 'cell.refused.clock_longer', { minutes: rule.value })
  return null
}

/** Looked at before it is saved: nothing changes. */
export async function tryThreshold(
  actor: Actor,
  input: z.infer<typeof thresholdInput>,
): Promise<Result<z.infer<typeof thresholdInput>>> {
  if (actor.kind !== 'account' || !may(actor, 'settings.keep')) return refused('cell.refused.absent')
  return faultOf(input) ?? { ok: true, value: input }
}

/** A threshold is data with its reason: changed by an administrator, each change written down. */
export function changeThreshold(
  actor: Actor,
  input: z.infer<typeof thresholdInput>,
  now: Date,
): Promise<Result<{ value: number }>> {
  return inReality(actor, async (tx, real) => {
    if (actor.kind !== 'account' || !may(actor, 'settings.keep')) return refused('cell.refused.absent')
    const rule = THRESHOLDS[input.key]
    const fault = faultOf(input)
    if (fault) return fault
    const [before] = await tx.select().from(threshold).where(eq(threshold.key, input.key))
    await tx
      .insert(threshold)
      .values({ key: input.key, value: input.value, changedAt: now, changedById: actorId(actor) })
      .onConflictDoUpdate({
        target: threshold.key,
        set: { value: input.value, changedAt: now, changedById: actorId(actor) },
      })
    await append(tx, real, {
      chain: 'thresholds',
      at: now,
      event: 'threshold.changed',
      visibility: 'internal',
      data: { key: input.key, from: before?.value ?? rule.value, to: input.value },
    })
    return { ok: true, value: { value: input.value } }
  })
}
