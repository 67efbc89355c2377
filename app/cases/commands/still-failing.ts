import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import type { Input, stillFailingInput } from '../input.ts'
import { clocksFrom } from '../rules/deadlines.ts'
import { saidTests } from '../rules/said-hour.ts'
import { changeCase } from './change.ts'
import { formerMain } from './duplicate.ts'
import { addTests, totals } from './tests.ts'

/** "It still fails": the reporter's word outranks ours. The case goes back to work, at the top of the queue, to be acknowledged anew. */
export function stillFailing(
  actor: Actor,
  input: Input<typeof stillFailingInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const heard = saidTests(input.tests, now)
  return changeCase(actor, { reference: input.reference }, 'still_failing', now, ({ row }) => {
    if (!heard.ok) return heard
    const clocks = clocksFrom(row.level, now)
    return {
      set: {
        stillFailingAt: now,
        restoredAt: null,
        confirmedAt: null,
        closedAt: null,
        closing: null,
        cause: null,
        duplicateOfId: null,
        acknowledgedAt: row.acknowledgedAt ?? now,
        checkDueAt: clocks.checkDueAt,
        checkMissedAt: null,
        promiseMissedAt: null,
        // Heard anew, it is to be acknowledged anew, as fast as a first report.
        nextContactAt: clocks.ackDueAt,
      },
      line: {
        event: 'case.still_failing',
        visibility: 'public',
        certainty: 'observed',
        text: input.text,
        data: { was: row.state, ...formerMain(row), ...totals(input.tests), ...heard.value.said },
      },
      also: (tx, seen) => addTests(tx, actor, seen, heard.value.tests, 'report', now),
      value: {},
    }
  })
}
