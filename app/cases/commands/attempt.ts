import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { attemptInput, Input } from '../input.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** One attempt to reach the reporter, logged: when, how, with what result. Three of them may stand for a confirmation. */
export function logAttempt(
  actor: Actor,
  input: Input<typeof attemptInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'log_attempt', now, ({ row }) => {
    const promise = promised(input.nextContactAt, row.state, row.level, now)
    if (!promise.ok) return promise
    return {
      set: promise.value,
      line: {
        event: 'case.contact_attempted',
        visibility: 'internal',
        text: input.text,
        data: { attempt: row.contactAttempts + 1 },
      },
      value: {},
    }
  })
}
