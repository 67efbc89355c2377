import { and, eq, sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { minutesSince, stopsBetween } from '#app/exercises/rules/exercise-clock.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'
import { type Drill, readDrill } from '../rules/drill.ts'
import { outcomeOf } from './outcome.ts'
import { type Crew, firstMinute, lastMinute, nextStop, playTo, type Run, takeUp } from './player.ts'

/** One turn of an exercise that goes as fast as it can: then the others, and the real clocks, have theirs. */
const TURN_MS = 4_000

const player = machine('drill')
const runs = new Map<number, Run>()

/**
 * Plays on the exercises that run for people, as far as their clock has come. The worker calls it every second. All it must
 * know is in the row, so a worker that died is taken over by the next, which plays on from the same minute.
 */
export async function keepPlaying(clock: () => Date): Promise<void> {
  const running = await asActor(player, (tx) =>
    tx
      .select({ id: exercise.id })
      .from(exercise)
      .where(and(eq(exercise.state, 'running'), eq(exercise.attended, true))),
  )
  for (const id of runs.keys()) if (!running.some((one) => one.id === id)) runs.delete(id)
  for (const { id } of running) await playOn(id, clock)
}

/** One worker at a time: the lock is held as long as the turn lasts, and let go by whoever dies. */
function playOn(id: number, clock: () => Date): Promise<void> {
  return asActor(player, async (held) => {
    const [lock] = await held.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${`drill:${id}`})) as mine`,
    )
    if (!lock?.mine) return
    const [row] = await asActor(player, (tx) => tx.select().from(exercise).where(eq(exercise.id, id)))
    if (row?.state !== 'running') return
    const run = await runOf(row)
    const end = lastMinute(run.drill)
    const from = row.minute ?? firstMinute(run.drill)
    const began = clock().getTime()
    const since = {
      t0: run.drill.t0,
      minute: from,
      tickedAt: row.tickedAt?.getTime() ?? began,
      speed: row.speed,
    }
    if (row.speed === 0) {
      for (let minute = from; minute < end && clock().getTime() - began < TURN_MS; ) {
        minute = Math.floor(await nextStop(run, minute))
        if (!(await play(run, minute, clock))) return
      }
      return
    }
    const to = Math.min(end, from + minutesSince({ ...since, running: true }, began))
    for (const minute of stopsBetween(from, to)) if (!(await play(run, minute, clock))) return
  })
}

/** False when it is not to be played on. */
async function play(run: Run, minute: number, clock: () => Date): Promise<boolean> {
  await playTo(run, minute)
  if (!(await keep(run, minute, clock()))) return false
  if (minute < lastMinute(run.drill)) return true
  await finish(run, clock())
  return false
}

async function runOf(row: typeof exercise.$inferSelect): Promise<Run> {
  const known = runs.get(row.id)
  // Another worker may have played since: what the row says is true.
  if (known && known.progress.taken.length === (row.progress?.taken.length ?? 0)) return known
  const run = await takeUp(drillOf(row.file), row.id, crewOf(row), row.progress ?? undefined)
  runs.set(row.id, run)
  return run
}

function crewOf({ crew }: typeof exercise.$inferSelect): Crew {
  return crew === 'standard' ? 'standard' : 'none'
}

/** The drill in a row that was checked when it was started. */
function drillOf(file: unknown): Drill {
  const read = readDrill(file)
  if (!read.ok) throw new Error('the file of the exercise is no drill')
  return read.drill
}

/** False when somebody stopped it, or a real report pushed it aside, meanwhile. */
async function keep(run: Run, minute: number, now: Date): Promise<boolean> {
  const kept = await asActor(player, (tx) =>
    tx
      .update(exercise)
      .set({ minute, tickedAt: now, progress: run.progress })
      .where(and(eq(exercise.id, run.exerciseId), eq(exercise.state, 'running')))
      .returning({ id: exercise.id }),
  )
  return kept.length > 0
}

async function finish(run: Run, now: Date): Promise<void> {
  const result = await outcomeOf(run.drill, run.exerciseId, run.crew, run.progress.taken, run.places)
  await asActor(player, async (tx) => {
    const done = await tx
      .update(exercise)
      .set({ state: 'finished', endedAt: now, result })
      .where(and(eq(exercise.id, run.exerciseId), eq(exercise.state, 'running')))
      .returning({ id: exercise.id })
    if (done.length === 0) return
    await append(tx, player, {
      chain: 'exercises',
      at: now,
      event: 'exercise.finished',
      visibility: 'internal',
      data: { exerciseId: run.exerciseId, drillId: run.drill.id },
    })
  })
}
