import { and, eq, inArray, sql } from 'drizzle-orm'
import { type MachineActor, machine } from '#app/_auth/actor.ts'
import { exercise } from '#db/schema/exercise.ts'
import type { Tx } from '#db/transaction.ts'
import { type ExerciseClock, exerciseTime } from './rules/exercise-clock.ts'

/** What the watch of an exercise is read from. */
export const CLOCK = {
  state: exercise.state,
  startedAt: exercise.startedAt,
  speed: exercise.speed,
  minute: exercise.minute,
  tickedAt: exercise.tickedAt,
  t0: sql<string>`${exercise.file} #>> '{clock,t0_local}'`,
}

type Read = Pick<typeof exercise.$inferSelect, 'state' | 'startedAt' | 'speed' | 'minute' | 'tickedAt'>

/** Its watch, as it stood when the row was read. */
export function clockOf({
  t0,
  minute,
  speed,
  state,
  tickedAt,
  startedAt,
}: Read & { t0: string }): ExerciseClock {
  return {
    ...{ t0: Date.parse(t0), minute: minute ?? 0, speed, running: state === 'running' },
    tickedAt: (tickedAt ?? startedAt).getTime(),
  }
}

/** A machine in one world, and what the watch says there. */
export type World = { actor: MachineActor; running: boolean; time: (wall: Date) => Date }

/** The real one: its watch is the wall's. */
export function realWorld(actor: MachineActor): World {
  return { actor, running: true, time: (wall) => wall }
}

/** The exercises that really ring and are not over, as this machine stands in them. Only from the real world are they looked for. */
export async function worldsThatRing(tx: Tx, actor: MachineActor): Promise<World[]> {
  if (actor.exerciseId !== null) return []
  const rows = await tx
    .select({ id: exercise.id, ...CLOCK })
    .from(exercise)
    .where(
      and(
        eq(exercise.rings, true),
        eq(exercise.attended, true),
        inArray(exercise.state, ['running', 'set_aside']),
      ),
    )
  return rows.map(({ id, ...row }) => {
    const clock = clockOf(row)
    return {
      actor: machine(actor.name, id),
      running: clock.running,
      time: (wall) => new Date(exerciseTime(clock, wall.getTime())),
    }
  })
}

/** The hour of the wall in an exercise that really rings, as far as it was played; null in any other, and in the real world. */
export async function realHourOf(tx: Tx, exerciseId: number | null): Promise<Date | null> {
  if (exerciseId === null) return null
  const [row] = await tx
    .select({ at: sql`coalesce(${exercise.tickedAt}, ${exercise.startedAt})`.mapWith(exercise.startedAt) })
    .from(exercise)
    .where(and(eq(exercise.id, exerciseId), eq(exercise.rings, true)))
  return row?.at ?? null
}
