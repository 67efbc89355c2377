import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, outOfScopeInput } from '../input.ts'
import { changeCase } from './change.ts'

/** Hors périmètre: redirected, logged, not counted. */
export function putOutOfScope(
  actor: Actor,
  input: Input<typeof outOfScopeInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'out_of_scope', now, () => ({
    set: { claimedById: null, claimedUntil: null },
    line: { event: 'case.out_of_scope', visibility: 'public', text: input.reason },
    value: {},
  }))
}
