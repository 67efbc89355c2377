import { type Actor, actorId } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import type { claimInput, Input, releaseInput } from '../input.ts'
import { changeCase } from './change.ts'
import { takeOver } from './take-over.ts'

/** A claim is soft: it says who is on it, expires by itself, and never blocks a note. Minutes; half an N3 update interval. */
export const CLAIM_MIN = 15

/** "I am on it." Somebody else's living claim is taken over only on purpose, visibly. */
export async function claimCase(
  actor: Actor,
  input: Input<typeof claimInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  if (actor.kind !== 'account') return refused('cases.refused.cell_only')
  if (input.takeOver) return takeOver(actor, input, now)
  return changeCase(actor, { reference: input.reference }, 'claim', now, () => ({
    set: { claimedById: actorId(actor), claimedUntil: claimEnd(now) },
    line: { event: 'case.claimed', visibility: 'internal', data: { until: claimEnd(now).toISOString() } },
    value: {},
  }))
}

export function releaseCase(
  actor: Actor,
  input: Input<typeof releaseInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference: input.reference }, 'release', now, () => ({
    set: { claimedById: null, claimedUntil: null },
    line: { event: 'case.released', visibility: 'internal' },
    value: {},
  }))
}

export function claimEnd(now: Date): Date {
  return new Date(now.getTime() + CLAIM_MIN * 60_000)
}
