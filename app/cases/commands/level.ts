import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { refused } from '#app/_doors/result.ts'
import type { Level } from '#db/schema/cases.ts'
import type { Input, levelInput } from '../input.ts'
import { owedWhenRaised } from '../rules/deadlines.ts'
import { judgeLevel } from '../rules/permissions.ts'
import { changeCase } from './change.ts'

/** Up freely; down with a reason, never below N2 before the reporter confirms. A higher level shortens what is owed. */
export function setLevel(
  actor: Actor,
  input: Input<typeof levelInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const level = input.level as Level
  return changeCase(actor, input, 'set_level', now, ({ row, facts }) => {
    const verdict = judgeLevel(row.level, level, facts, input.reason ?? '')
    if (!verdict.allowed) return refused(verdict.key, verdict.values)
    return {
      set: {
        level,
        levelSetByPerson: true,
        ...(level > row.level ? owedWhenRaised(row, level, now) : {}),
      },
      line: {
        event: 'case.level_changed',
        visibility: 'public',
        text: input.reason,
        data: { from: row.level, to: level },
      },
      value: {},
    }
  })
}
