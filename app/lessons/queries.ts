import { desc, inArray, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { exercise } from '#db/schema/exercise.ts'
import { lesson } from '#db/schema/lesson.ts'
import { inReality } from '#db/transaction.ts'

/** Lessons, the open ones first by their day; and the runs of the drills that prove them. */
export function readLessons(actor: AccountActor) {
  return inReality(actor, async (tx) => {
    if (!may(actor, 'reviews.read')) return { lessons: [], runs: [] }
    const lessons = await tx
      .select()
      .from(lesson)
      .orderBy(sql`${lesson.state} = 'closed'`, lesson.dueOn, lesson.id)
      .limit(500)
    const drills = [...new Set(lessons.flatMap((one) => one.drillId ?? []))]
    const runs =
      drills.length === 0
        ? []
        : await tx
            .select({
              id: exercise.id,
              drillId: exercise.drillId,
              startedAt: exercise.startedAt,
              title: exercise.title,
            })
            .from(exercise)
            .where(sql`${inArray(exercise.drillId, drills)} and ${exercise.result} is not null`)
            .orderBy(desc(exercise.id))
            .limit(100)
    return { lessons, runs }
  })
}
export type Lesson = Awaited<ReturnType<typeof readLessons>>['lessons'][number]
