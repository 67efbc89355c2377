import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { refused, refusedField } from '#app/_doors/result.ts'
import { cases } from '#db/schema/cases.ts'
import type { detachInput, duplicateInput, Input } from '../input.ts'
import { clocksFrom, defaultPromise } from '../rules/deadlines.ts'
import { readReference } from '../rules/reference-number.ts'
import { changeCase } from './change.ts'

/** Doublon: attached to the case that is worked, not lost; its reporter still hears the public updates, and may say it still fails. */
export function attachDuplicate(
  actor: Actor,
  input: Input<typeof duplicateInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'attach_duplicate', now, async ({ row }, tx) => {
    const reference = readReference(input.of)
    if (!reference) return refusedField('of', 'cases.refused.not_a_number')
    const [main] = await tx
      .select({ id: cases.id, reference: cases.reference })
      .from(cases)
      .where(and(eq(cases.reference, reference), ne(cases.id, row.id), isNull(cases.duplicateOfId)))
    if (!main) return refusedField('of', 'cases.refused.no_such_main')
    const [chained] = await tx
      .select({ n: sql<number>`count(*)::int` })
      .from(cases)
      .where(eq(cases.duplicateOfId, row.id))
    if (chained?.n) return refused('cases.refused.has_duplicates')
    return {
      set: {
        duplicateOfId: main.id,
        acknowledgedAt: row.acknowledgedAt ?? now,
        claimedById: null,
        claimedUntil: null,
      },
      line: {
        event: 'case.attached_duplicate',
        visibility: 'public',
        text: input.reason,
        data: { mainId: main.id },
      },
      value: {},
    }
  })
}

export function detachDuplicate(
  actor: Actor,
  input: Input<typeof detachInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  return changeCase(actor, input, 'detach_duplicate', now, ({ row }) => ({
    set: {
      duplicateOfId: null,
      nextContactAt: defaultPromise(row.level, now),
      checkDueAt: clocksFrom(row.level, now).checkDueAt,
    },
    line: { event: 'case.detached_duplicate', visibility: 'public', text: input.reason },
    value: {},
  }))
}
