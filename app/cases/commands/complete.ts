import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { completeInput, Input } from '../input.ts'
import { changeCase } from './change.ts'
import { addTests, totals } from './tests.ts'

/** The second half of the ten questions, after sending. What is left blank keeps its former value. */
export function completeCase(
  actor: Actor,
  input: Input<typeof completeInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const { tests, ...facts } = input.facts
  return changeCase(actor, input, 'complete', now, () => {
    const given = Object.fromEntries(
      Object.entries(facts).filter(([, value]) => value !== null && value !== false),
    )
    return {
      set: given,
      line: {
        event: 'case.completed',
        visibility: 'public',
        certainty: 'reported',
        data: { ...given, ...totals(tests) },
      },
      also: (tx, row) => addTests(tx, actor, row, tests, 'report', now),
      value: {},
    }
  })
}
