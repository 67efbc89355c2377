import { and, eq, isNull, lte } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { fallback } from '#db/schema/fallback.ts'
import { asActor } from '#db/transaction.ts'
import { REMIND_BEFORE_MIN } from '../rules/fallback.ts'
import { note } from './fallbacks.ts'

/** A fallback is announced before it is closed: those who hold it hear that its end is near. It never closes by itself. */
export function remindOfEnds(actor: MachineActor, now: Date): Promise<void> {
  return asActor(actor, async (tx) => {
    const ending = await tx
      .update(fallback)
      .set({ remindedAt: now })
      .where(
        and(
          eq(fallback.state, 'open'),
          isNull(fallback.remindedAt),
          lte(fallback.endsAt, new Date(now.getTime() + REMIND_BEFORE_MIN * 60_000)),
        ),
      )
      .returning()
    for (const one of ending)
      await note(tx, actor, one, {
        event: 'fallback.ending',
        at: now,
        data: { toAt: one.endsAt?.toISOString() ?? '' },
      })
  })
}
