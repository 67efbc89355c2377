import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Actor, may, outside } from '#app/_auth/actor.ts'
import { done, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { readDrill } from '../rules/drill.ts'
import { beginExercise } from './play.ts'
import type { Crew } from './player.ts'

/** Speeds offered: drill minutes per real minute; 0 is as fast as it goes. */
export const SPEEDS = [1, 5, 10, 30, 60, 0] as const

/** `rings`: off unless its leader says so. */
export type StartInput = { file: unknown; fileName: string; crew: Crew; speed: number; rings?: boolean }

/** Starts an exercise for people: one at a time, or nobody would know which one he is in. The worker plays it. */
export function startExercise(actor: Actor, input: StartInput, now: Date): Promise<Result<{ id: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'exercises.run')) return refused('drills.refused.lead')
    const read = readDrill(input.file)
    if (!read.ok) return refused('drills.refused.not_a_drill')
    const { file, fileName, crew, speed, rings = false } = input
    // A telephone that rings each minute of the exercise would ring each second.
    if (rings && speed !== 1) return refusedField('speed', 'drills.refused.rings_at_speed')
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('exercise of people'))`)
    const under = await tx
      .select({ title: exercise.title })
      .from(exercise)
      .where(and(eq(exercise.attended, true), inArray(exercise.state, ['running', 'set_aside'])))
    if (under[0]) return refused('drills.refused.running', { title: under[0].title })
    const attended = { file, fileName, speed, rings }
    return done({ id: await beginExercise(tx, actor, read.drill, { crew, attended }, now) })
  })
}

/** Stops it at once, whatever it was doing; everybody in it is back in the real world with the next page. */
export function stopExercise(
  actor: Actor,
  { id }: { id: number },
  now: Date,
): Promise<Result<{ id: number }>> {
  return change(actor, id, ['running', 'set_aside'], 'exercise.stopped', now, {
    state: 'stopped',
    endedAt: now,
    endedByName: actor.kind === 'account' ? actor.name : null,
  })
}

/** Plays on after a real report has been dealt with: from the minute at which it was set aside. */
export function resumeExercise(
  actor: Actor,
  { id }: { id: number },
  now: Date,
): Promise<Result<{ id: number }>> {
  return change(actor, id, ['set_aside'], 'exercise.resumed', now, { state: 'running', tickedAt: now })
}

type State = (typeof exercise.$inferSelect)['state']

function change(
  actor: Actor,
  id: number,
  from: State[],
  event: 'exercise.stopped' | 'exercise.resumed',
  now: Date,
  set: Partial<typeof exercise.$inferInsert>,
): Promise<Result<{ id: number }>> {
  // Said in the real world, whichever one it is said from.
  const real = outside(actor)
  return asActor(real, async (tx) => {
    if (!may(actor, 'exercises.run')) return refused('drills.refused.lead')
    const changed = await changeState(tx, id, from, set)
    if (!changed) return refused('drills.refused.over')
    await append(tx, real, {
      chain: 'exercises',
      at: now,
      event,
      visibility: 'internal',
      data: { exerciseId: id, drillId: changed.drillId },
    })
    return done({ id })
  })
}

async function changeState(
  tx: Tx,
  id: number,
  from: State[],
  set: Partial<typeof exercise.$inferInsert>,
): Promise<{ drillId: string } | null> {
  const [changed] = await tx
    .update(exercise)
    .set(set)
    .where(and(eq(exercise.id, id), eq(exercise.attended, true), inArray(exercise.state, from)))
    .returning({ drillId: exercise.drillId })
  return changed ?? null
}
