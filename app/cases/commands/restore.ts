import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { refused } from '#app/_doors/result.ts'
import type { Input, restoreInput } from '../input.ts'
import { saidHours } from '../rules/said-hour.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** Restored, says the operator: a fact apart from the reporter's confirmation, which it asks for (DOMAIN §1.3). */
export function restoreCase(
  actor: Actor,
  input: Input<typeof restoreInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const hours = saidHours({ restoredAt: input.restoredAt }, now)
  return changeCase(actor, input, 'restore', now, ({ row }) => {
    if (!hours.ok) return refused('cases.refused.restored_when')
    const restoredAt = hours.value.at.restoredAt ?? now
    if (restoredAt < row.receivedAt) return refused('cases.refused.restored_when')
    const promise = promised(input.nextContactAt, 'restored', row.level, now)
    if (!promise.ok) return promise
    return {
      set: {
        ...promise.value,
        restoredAt,
        confirmedAt: null,
        checkDueAt: null,
        checkMissedAt: null,
      },
      line: {
        event: 'case.restored',
        visibility: 'public',
        factAt: restoredAt,
        text: input.text,
        data: { nextContactAt: input.nextContactAt.toISOString(), ...hours.value.said },
      },
      value: {},
    }
  })
}
