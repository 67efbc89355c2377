import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, waitInput } from '../input.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** The next move is the reporter's: he is told what is asked, and until when. */
export function waitForReporter(
  actor: Actor,
  input: Input<typeof waitInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'wait_reporter', now, ({ row }) => {
    const promise = promised(input.nextContactAt, 'waiting_reporter', row.level, now)
    if (!promise.ok) return promise
    return {
      set: promise.value,
      line: {
        event: 'case.waiting_reporter',
        visibility: 'public',
        text: input.text,
        data: { nextContactAt: input.nextContactAt.toISOString() },
      },
      value: {},
    }
  })
}
