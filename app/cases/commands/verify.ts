import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, verifyInput } from '../input.ts'
import { owedWhenRaised } from '../rules/deadlines.ts'
import { levelOf } from '../rules/level.ts'
import { changeCase } from './change.ts'
import { levelFactsOf } from './level-facts.ts'

/** Contre-appel done, on the directory's number: the report counts from now on, and its level is computed anew. */
export function verifyCase(
  actor: Actor,
  input: Input<typeof verifyInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'verify', now, async ({ row }, tx) => {
    const verdict = levelOf({ ...(await levelFactsOf(tx, row)), verified: true }, now)
    const raised = !row.levelSetByPerson && verdict.level > row.level
    return {
      set: {
        verification: 'called_back' as const,
        ...(raised
          ? {
              level: verdict.level,
              levelReasons: verdict.reasons,
              ...owedWhenRaised(row, verdict.level, now),
            }
          : {}),
      },
      line: {
        event: 'case.verified',
        visibility: 'internal',
        text: input.text,
        data: raised ? { from: row.level, to: verdict.level } : {},
      },
      value: {},
    }
  })
}
