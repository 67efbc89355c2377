import { type Actor, actorId } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { changeCase } from './change.ts'
import { claimEnd } from './claim.ts'

/** Takes a case from the hands of a colleague: everyone sees it, he is told. */
export function takeOver(
  actor: Actor,
  target: { reference: string },
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference: target.reference }, 'assign', now, ({ row }) => ({
    set: { claimedById: actorId(actor), claimedUntil: claimEnd(now), assigneeId: actorId(actor) },
    line: { event: 'case.taken_over', visibility: 'internal', data: { from: row.claimedById } },
    value: {},
  }))
}
