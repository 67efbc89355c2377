import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { changeCase, type Target } from './change.ts'

/**
 * A case of an exercise is taken back, whatever came of it: out of scope from there on, and its lines stay with one that says so,
 * since no line of the journal is ever taken away. A real case is never taken back.
 */
export function withdrawCase(
  actor: Actor,
  { reference }: Target,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference }, 'withdraw', now, ({ row }) => ({
    // Said again under the same key, it is a new case, at once.
    set: { claimedById: null, claimedUntil: null, duplicateOfId: null, submissionContent: 'withdrawn' },
    line: { event: 'case.withdrawn', visibility: 'public', data: { was: row.state } },
    value: {},
  }))
}
