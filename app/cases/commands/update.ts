import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, noteInput, updateInput } from '../input.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** Public words to the reporter, always with the hour of the next contact. */
export function updateCase(
  actor: Actor,
  input: Input<typeof updateInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'update', now, ({ row }) => {
    const promise = promised(input.nextContactAt, row.state, row.level, now)
    if (!promise.ok) return promise
    return {
      set: promise.value,
      line: {
        event: 'case.updated',
        visibility: 'public',
        text: input.text,
        data: { nextContactAt: input.nextContactAt.toISOString() },
      },
      value: {},
    }
  })
}

/** Between colleagues: never reaches a reporter, by policy. */
export function noteCase(
  actor: Actor,
  input: Input<typeof noteInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, { reference: input.reference }, 'note', now, () => ({
    set: {},
    line: {
      event: 'case.noted',
      visibility: 'internal',
      text: input.text,
      ...(input.certainty ? { certainty: input.certainty } : {}),
    },
    value: {},
  }))
}
