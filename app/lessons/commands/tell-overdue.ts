import { and, eq, isNull, lt, ne } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { dayKey } from '#app/_i18n/time.ts'
import { append } from '#app/_journal/append.ts'
import { lesson } from '#db/schema/lesson.ts'
import { asActor } from '#db/transaction.ts'

/** The clock's part: a lesson whose day has passed is told to the directors, once a day that was promised. */
export function tellOverdue(clock: MachineActor, now: Date): Promise<void> {
  return asActor(clock, async (tx) => {
    const due = await tx
      .select()
      .from(lesson)
      .where(and(ne(lesson.state, 'closed'), isNull(lesson.overdueToldAt), lt(lesson.dueOn, dayKey(now))))
      .limit(100)
      .for('update', { skipLocked: true })
    for (const { id, recommendation, ownerName, dueOn } of due) {
      await tx.update(lesson).set({ overdueToldAt: now }).where(eq(lesson.id, id))
      await append(tx, clock, {
        chain: 'lessons',
        event: 'lesson.overdue',
        visibility: 'internal',
        at: now,
        data: { lessonId: id, recommendation: shortened(recommendation, 120), owner: ownerName, dueOn },
      })
    }
  })
}
