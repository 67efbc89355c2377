import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { answerInput, Input, neighbourInput } from '../input.ts'
import { changeCase } from './change.ts'

/** The reporter's words; they end a waiting for him. */
export function answerCase(
  actor: Actor,
  input: Input<typeof answerInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference: input.reference }, 'answer', now, () => ({
    set: {},
    line: { event: 'case.answered', visibility: 'public', certainty: 'reported', text: input.text },
    value: {},
  }))
}

/** Is the neighbour touched? A failure seen next door is the first sign of a common cause. */
export function observeNeighbour(
  actor: Actor,
  input: Input<typeof neighbourInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference: input.reference }, 'observe_neighbour', now, () => ({
    set: { neighbourTouched: input.touched, neighbourNote: input.text },
    line: {
      event: 'case.neighbour_observed',
      visibility: 'public',
      certainty: 'reported',
      text: input.text,
      data: { touched: input.touched },
    },
    value: {},
  }))
}
