import { type Actor, actorId } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { acknowledgeInput, Input } from '../input.ts'
import { defaultPromise } from '../rules/deadlines.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** Prise en compte: somebody has read the report and answers for it; the reporter is told, with the hour of the next contact. */
export function acknowledgeCase(
  actor: Actor,
  input: Input<typeof acknowledgeInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'acknowledge', now, ({ row }) => {
    const promise = promised(
      input.nextContactAt ?? defaultPromise(row.level, now),
      'acknowledged',
      row.level,
      now,
    )
    if (!promise.ok) return promise
    return {
      set: {
        ...promise.value,
        acknowledgedAt: now,
        ackDueAt: null,
        ackMissedAt: null,
        assigneeId: row.assigneeId ?? actorId(actor),
      },
      line: {
        event: 'case.acknowledged',
        visibility: 'public',
        data: { nextContactAt: promise.value.nextContactAt.toISOString() },
      },
      value: {},
    }
  })
}
