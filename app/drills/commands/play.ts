import { eq } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { turnClocks } from '#app/_jobs/clocks.ts'
import { append } from '#app/_journal/append.ts'
import { exercise } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'
import type { Drill } from '../rules/drill.ts'
import { workTheRoom } from './crew.ts'
import { takeReport } from './intake.ts'
import { type DrillOutcome, outcomeOf } from './outcome.ts'
import { type Places, settlePlaces } from './places.ts'
import { reactToNew } from './world.ts'

const MINUTE = 60_000
/** Played on after the last event: a whole clock, so that a proposal of the last minute still gets its silence. */
const AFTER_THE_END_MIN = 45

export type Crew = 'none' | 'standard'
export type Taken = {
  seq: number
  caseId: number
  reference: string /** As computed from what was said, before anyone tested or decided. */
  level: number
}

/**
 * Plays a drill through the real commands, in a world of its own, minute by minute of the drill's clock: reports at their
 * minute, the crew if there is one, then everything that happens because time passes. `onMinute` may wait (a drill played
 * for people) and answers false to stop.
 */
export async function playDrill(
  drill: Drill,
  options: {
    crew: Crew
    startedAt: Date
    startedById?: number | null
    onMinute?: (minute: number) => Promise<boolean>
  },
): Promise<DrillOutcome> {
  const exerciseId = await begin(drill, options)
  const actor = machine('drill', exerciseId)
  const places = await asActor(actor, (tx) => settlePlaces(tx, actor, drill))
  const taken = await playMinutes(drill, exerciseId, places, options)
  const outcome = await outcomeOf(drill, exerciseId, options.crew, taken, places)
  await asActor(actor, (tx) =>
    tx
      .update(exercise)
      .set({ state: 'finished', endedAt: options.startedAt, result: outcome })
      .where(eq(exercise.id, exerciseId)),
  )
  return outcome
}

async function begin(
  drill: Drill,
  options: { crew: Crew; startedAt: Date; startedById?: number | null },
): Promise<number> {
  const numbers =
    drill.country === 'FR' ? [] : [...new Set(drill.reports.flatMap((report) => report.numbers))]
  return asActor(machine('drill'), async (tx) => {
    const [row] = await tx
      .insert(exercise)
      .values({
        drillId: drill.id,
        title: drill.lang === 'fr' ? drill.titleFr : drill.title,
        state: 'running',
        crew: options.crew,
        startedAt: options.startedAt,
        startedById: options.startedById ?? null,
        numbers,
      })
      .returning({ id: exercise.id })
    await append(tx, machine('drill'), {
      chain: 'exercises',
      at: options.startedAt,
      event: 'exercise.started',
      visibility: 'internal',
      data: { exerciseId: row?.id ?? 0, drillId: drill.id, crew: options.crew },
    })
    return row?.id as number
  })
}

async function playMinutes(
  drill: Drill,
  exerciseId: number,
  places: Places,
  options: { crew: Crew; onMinute?: (minute: number) => Promise<boolean> },
): Promise<Taken[]> {
  const actor = machine('drill', exerciseId)
  const clock = machine('clock', exerciseId)
  const taken: Taken[] = []
  const waiting = [...drill.reports]
  let lastLine = 0
  const first = Math.floor(Math.min(0, waiting[0]?.offset_min ?? 0))
  for (let minute = first; minute <= drill.lastOffsetMin + AFTER_THE_END_MIN; minute += 1) {
    if (options.onMinute && !(await options.onMinute(minute))) break
    const now = new Date(drill.t0 + minute * MINUTE)
    while (waiting[0] && waiting[0].offset_min <= minute) {
      const report = waiting.shift()
      if (!report) break
      const at = new Date(drill.t0 + report.offset_min * MINUTE)
      const made = await takeReport(actor, drill, report, places, at)
      taken.push({ seq: report.seq, caseId: made.id, reference: made.reference, level: made.level })
      lastLine = await reactToNew(actor, lastLine, at)
    }
    if (options.crew === 'standard') {
      await workTheRoom(exerciseId, now)
      lastLine = await reactToNew(actor, lastLine, now)
    }
    await turnClocks(clock, now)
    lastLine = await reactToNew(actor, lastLine, now)
  }
  return taken
}
