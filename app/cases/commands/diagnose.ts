import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { diagnoseInput, Input, workaroundInput } from '../input.ts'
import { changeCase } from './change.ts'
import { promised } from './promise.ts'

/** What the cell believes is the cause: internal until an update says it to the reporter. */
export function diagnoseCase(
  actor: Actor,
  input: Input<typeof diagnoseInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'diagnose', now, () => ({
    set: {},
    line: { event: 'case.diagnosed', visibility: 'internal', certainty: 'supposed', text: input.text },
    value: {},
  }))
}

/** Calls pass again another way: the reporter is told which, and when he hears more. */
export function putWorkaround(
  actor: Actor,
  input: Input<typeof workaroundInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'workaround', now, ({ row }) => {
    const promise = promised(input.nextContactAt, 'workaround', row.level, now)
    if (!promise.ok) return promise
    return {
      set: { ...promise.value, fallback: input.fallback },
      line: {
        event: 'case.workaround',
        visibility: 'public',
        text: input.text,
        data: { nextContactAt: input.nextContactAt.toISOString() },
      },
      value: {},
    }
  })
}
