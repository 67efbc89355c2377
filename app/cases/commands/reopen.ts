import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, reopenInput } from '../input.ts'
import { clocksFrom, defaultPromise } from '../rules/deadlines.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** Within 24 hours a case keeps its number; later a new one is linked to it (report with reopenedFrom). */
export function reopenCase(
  actor: Actor,
  input: Input<typeof reopenInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'reopen', now, ({ row }) => {
    const promise = promised(
      input.nextContactAt ?? defaultPromise(row.level, now),
      'checking',
      row.level,
      now,
    )
    if (!promise.ok) return promise
    return {
      set: {
        ...promise.value,
        closedAt: null,
        closing: null,
        cause: null,
        confirmedAt: null,
        restoredAt: null,
        duplicateOfId: null,
        acknowledgedAt: row.acknowledgedAt ?? now,
        checkDueAt: clocksFrom(row.level, now).checkDueAt,
        checkMissedAt: null,
      },
      line: { event: 'case.reopened', visibility: 'public', text: input.reason, data: { was: row.state } },
      value: {},
    }
  })
}
