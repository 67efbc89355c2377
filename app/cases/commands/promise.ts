import { type Refusal, refusedField } from '#app/_doors/result.ts'
import type { CaseState, Level } from '#db/schema/cases.ts'
import { judgePromise } from '../rules/deadlines.ts'

/** The promise of next contact as a change of the case, or why it cannot be made. A new promise heals a missed one. */
export function promised(
  at: Date,
  state: CaseState,
  level: Level,
  now: Date,
): { ok: true; value: { nextContactAt: Date; promiseMissedAt: null } } | Refusal {
  const verdict = judgePromise(at, state, level, now)
  if (!verdict.ok) return refusedField('nextContactAt', verdict.key, verdict.values)
  return { ok: true, value: { nextContactAt: at, promiseMissedAt: null } }
}
