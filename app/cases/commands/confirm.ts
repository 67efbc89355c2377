import { type Actor, sideOf } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import type { confirmInput, Input } from '../input.ts'
import { LONGEST_WAIT_MIN } from '../rules/deadlines.ts'
import { saidTests } from '../rules/said-hour.ts'
import { changeCase } from './change.ts'
import { addTests, totals } from './tests.ts'

/**
 * Confirmed, says the reporter, with tests that all pass: "eight of ten, no closing". An agent may write down what the
 * reporter said by telephone, and then says who.
 */
export function confirmCase(
  actor: Actor,
  input: Input<typeof confirmInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const byTelephone = sideOf(actor) !== 'reporter'
  const heard = saidTests(input.tests, now)
  return changeCase(actor, input, 'confirm', now, ({ row }) => {
    if (!heard.ok) return heard
    if (input.tests.some((test) => test.passed < test.tried))
      return refused('cases.refused.tests_not_all_passed')
    if (byTelephone && !input.saidBy) return refusedField('saidBy', 'cases.refused.said_by')
    return {
      set: {
        confirmedAt: now,
        restoredAt: row.restoredAt ?? now,
        acknowledgedAt: row.acknowledgedAt ?? now,
        ackDueAt: null,
        ackMissedAt: null,
        checkDueAt: null,
        checkMissedAt: null,
        promiseMissedAt: null,
        stillFailingAt: null,
        nextContactAt: new Date(now.getTime() + LONGEST_WAIT_MIN * 60_000),
      },
      line: {
        event: 'case.confirmed',
        visibility: 'public',
        certainty: 'observed',
        text: input.text,
        data: {
          ...totals(input.tests),
          ...heard.value.said,
          ...(input.saidBy ? { saidBy: input.saidBy, byTelephone } : {}),
        },
      },
      also: (tx, seen) => addTests(tx, actor, seen, heard.value.tests, 'confirmation', now),
      value: {},
    }
  })
}
