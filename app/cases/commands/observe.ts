import type { Actor } from '#app/_auth/actor.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, observeInput } from '../input.ts'
import { judge } from '../rules/permissions.ts'
import { saidTests } from '../rules/said-hour.ts'
import { see } from './change.ts'
import { addTests, totals } from './tests.ts'

/**
 * What an authority sees of a failure that another organisation reported, or its own tests of it: a line and tests of the case,
 * whose facts stay its reporter's and its cell's. Nothing of the row is written, and the policies would refuse it.
 */
export function observeCase(
  actor: Actor,
  input: Input<typeof observeInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const heard = saidTests(input.tests, now)
  return asActor(actor, async (tx) => {
    const seen = await see(tx, actor, input.reference, now, 'to_read')
    if (!seen) return refused('cases.refused.absent')
    const { row } = seen
    const verdict = judge('observe', seen.facts, seen.viewer, now)
    if (!verdict.allowed) return refused(verdict.key, verdict.values)
    if (!heard.ok) return heard
    await addTests(tx, actor, row, heard.value.tests, 'report', now, 'authority')
    await append(tx, actor, {
      chain: `case:${row.id}`,
      caseId: row.id,
      at: now,
      event: 'case.observed',
      visibility: 'public',
      certainty: input.tests.length > 0 ? 'observed' : 'reported',
      text: input.text,
      data: { ...totals(input.tests), ...heard.value.said },
    })
    return done({ version: row.version })
  })
}
