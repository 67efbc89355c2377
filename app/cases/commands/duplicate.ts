import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import type { Result } from '#app/_doors/result.ts'
import { refused, refusedField } from '#app/_doors/result.ts'
import { cases } from '#db/schema/cases.ts'
import { asActor, together } from '#db/transaction.ts'
import type { detachInput, duplicateInput, Input } from '../input.ts'
import { mayBeMain } from '../rules/attachment.ts'
import { clocksFrom, defaultPromise } from '../rules/deadlines.ts'
import { readReference } from '../rules/reference-number.ts'
import { type CaseRow, changeCase } from './change.ts'

/** Doublon: attached to the case that is worked, not lost; its reporter hears what becomes of it, and what he says reaches it. */
export function attachDuplicate(
  actor: Actor,
  input: Input<typeof duplicateInput>,
  now: Date,
): Promise<Result<{ version: number }>> {
  const reference = readReference(input.of)
  if (!reference) return Promise.resolve(refusedField('of', 'cases.refused.not_a_number'))
  return together(actor, async () => {
    await holdBoth(actor, [input.reference, reference])
    return changeCase(actor, input, 'attach_duplicate', now, async ({ row }, tx) => {
      const [main] = await tx
        .select({ id: cases.id, state: cases.state })
        .from(cases)
        .where(and(eq(cases.reference, reference), ne(cases.id, row.id)))
      if (!main || main.state === 'duplicate') return refusedField('of', 'cases.refused.no_such_main')
      const verdict = mayBeMain(main)
      if (!verdict.allowed) return refusedField('of', verdict.key, verdict.values)
      const [chained] = await tx
        .select({ n: sql<number>`count(*)::int` })
        .from(cases)
        .where(and(eq(cases.duplicateOfId, row.id), eq(cases.state, 'duplicate')))
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
      restoredAt: null,
      confirmedAt: null,
      nextContactAt: defaultPromise(row.level, now),
      checkDueAt: clocksFrom(row.level, now).checkDueAt,
    },
    line: {
      event: 'case.detached_duplicate',
      visibility: 'public',
      text: input.reason,
      data: { nextContactAt: defaultPromise(row.level, now).toISOString() },
    },
    value: {},
  }))
}

/** What a line says of the case it was attached to, when it leaves it by its own reporter's word. */
export function formerMain(row: Pick<CaseRow, 'state' | 'duplicateOfId'>): { mainId?: number } {
  return row.state === 'duplicate' && row.duplicateOfId ? { mainId: row.duplicateOfId } : {}
}

/** In one order, whoever attaches what to which: neither ends, nor hangs on another, between the look and the change. */
async function holdBoth(actor: Actor, references: string[]): Promise<void> {
  await asActor(actor, (tx) =>
    tx
      .select({ id: cases.id })
      .from(cases)
      .where(inArray(cases.reference, references))
      .orderBy(cases.id)
      .for('no key update'),
  )
}
