import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { closeInput, Input } from '../input.ts'
import { closingKind } from '../rules/permissions.ts'
import { changeCase } from './change.ts'

/** Clôture: on the reporter's confirmation, or after three logged attempts, counted apart (invariant 7). */
export function closeCase(
  actor: Actor,
  input: Input<typeof closeInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'close', now, ({ facts }) => {
    const closing = closingKind(facts)
    return {
      set: {
        closedAt: now,
        closing,
        cause: input.cause,
        claimedById: null,
        claimedUntil: null,
      },
      line: {
        event: 'case.closed',
        visibility: 'public',
        text: input.text,
        data: { cause: input.cause, closing },
      },
      value: {},
    }
  })
}
