import { eq } from 'drizzle-orm'
import { type Actor, actorId, machine } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type Drill, numbersOf } from '../rules/drill.ts'
import { type DrillOutcome, outcomeOf } from './outcome.ts'
import { type Crew, firstMinute, lastMinute, nextStop, playTo, takeUp } from './player.ts'

/** Plays a whole drill at once, minute by minute of its own clock, in a world of its own through the real commands. */
export async function playDrill(
  drill: Drill,
  { crew, startedAt }: { crew: Crew; startedAt: Date },
): Promise<DrillOutcome> {
  const actor = machine('drill')
  const exerciseId = await asActor(actor, (tx) => beginExercise(tx, actor, drill, { crew }, startedAt))
  const run = await takeUp(drill, exerciseId, crew)
  for (let minute = firstMinute(drill); minute <= lastMinute(drill); minute = await nextStop(run, minute))
    await playTo(run, minute)
  const outcome = await outcomeOf(drill, exerciseId, crew, run.progress.taken, run.places)
  await asActor(actor, (tx) =>
    tx
      .update(exercise)
      .set({ state: 'finished', endedAt: startedAt, result: outcome })
      .where(eq(exercise.id, exerciseId)),
  )
  return outcome
}

/** `rings`: what it tells really leaves, to the people of the cell. */
type Attended = { file: unknown; fileName: string; speed: number; rings: boolean }

/** A new world: its row, and its line in the journal of the real one. */
export async function beginExercise(
  tx: Tx,
  actor: Actor,
  drill: Drill,
  { crew, attended }: { crew: Crew; attended?: Attended },
  now: Date,
): Promise<number> {
  const [row] = await tx
    .insert(exercise)
    .values({
      drillId: drill.id,
      title: drill.lang === 'fr' ? drill.titleFr : drill.title,
      state: 'running',
      crew,
      startedAt: now,
      startedById: actorId(actor),
      numbers: numbersOf(drill),
      attended: attended !== undefined,
      minute: firstMinute(drill),
      tickedAt: now,
      ...attended,
    })
    .returning({ id: exercise.id })
  const exerciseId = row?.id as number
  await append(tx, actor, {
    chain: 'exercises',
    at: now,
    event: 'exercise.started',
    visibility: 'internal',
    data: { exerciseId, drillId: drill.id, crew, rings: attended?.rings ?? false },
  })
  return exerciseId
}
