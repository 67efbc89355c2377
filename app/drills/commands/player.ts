import { machine } from '#app/_auth/actor.ts'
import { turnClocks } from '#app/_jobs/clocks.ts'
import type { Progress } from '#db/schema/exercise.ts'
import { asActor } from '#db/transaction.ts'
import type { Drill } from '../rules/drill.ts'
import { workTheRoom } from './crew.ts'
import { takeReport } from './intake.ts'
import { type Places, settlePlaces } from './places.ts'
import { quietUntil } from './quiet.ts'
import { reactToNew } from './world.ts'

const MINUTE = 60_000
/** Played on after the last event: a whole clock, so that a proposal of the last minute still gets its silence. */
const AFTER_THE_END_MIN = 45

export type Crew = 'none' | 'standard'

/** One drill being played: what has been taken so far, and where its reports lie on the map. */
export type Run = {
  drill: Drill
  exerciseId: number
  crew: Crew
  places: Places
  progress: Progress
  /** Something was said in the last minute played: the crew may have more to say of it in the next. */
  busy: boolean
}

/** Ready to play, or to play on: everything remembered is in `progress`. */
export async function takeUp(
  drill: Drill,
  exerciseId: number,
  crew: Crew,
  progress: Progress = { lastLine: 0, taken: [] },
): Promise<Run> {
  const actor = machine('drill', exerciseId)
  const places = await asActor(actor, (tx) => settlePlaces(tx, actor, drill))
  return {
    drill,
    exerciseId,
    crew,
    places,
    progress: { ...progress, taken: [...progress.taken] },
    busy: true,
  }
}

export function firstMinute(drill: Drill): number {
  return Math.floor(Math.min(0, drill.reports[0]?.offset_min ?? 0))
}

export function lastMinute(drill: Drill): number {
  return Math.ceil(drill.lastOffsetMin) + AFTER_THE_END_MIN
}

/**
 * Plays up to a minute of the drill's clock: the reports due by then at their own minute, the crew at whole minutes, then
 * everything that happens because time passes. Played twice it happens once, so a restart simply plays its minute again.
 */
export async function playTo(run: Run, minute: number): Promise<void> {
  const { drill, exerciseId, progress } = run
  const [actor, clock] = [machine('drill', exerciseId), machine('clock', exerciseId)]
  const now = new Date(drill.t0 + minute * MINUTE)
  const before = progress.lastLine
  for (let next = drill.reports[progress.taken.length]; next && next.offset_min <= minute; ) {
    const at = new Date(drill.t0 + next.offset_min * MINUTE)
    const made = await takeReport(actor, drill, next, run.places, at)
    progress.taken.push({ seq: next.seq, caseId: made.id, reference: made.reference, level: made.level })
    progress.lastLine = await reactToNew(actor, progress.lastLine, at)
    next = drill.reports[progress.taken.length]
  }
  if (run.crew === 'standard' && Number.isInteger(minute)) {
    await workTheRoom(exerciseId, drill.lang, now)
    progress.lastLine = await reactToNew(actor, progress.lastLine, now)
  }
  await turnClocks(clock, now)
  progress.lastLine = await reactToNew(actor, progress.lastLine, now)
  run.busy = run.crew === 'standard' && progress.lastLine !== before
}

/** The next minute worth playing after one that was played: the next one, or when nothing stirs, the next at which it does. */
export async function nextStop(run: Run, minute: number): Promise<number> {
  const { drill, progress } = run
  if (run.busy) return minute + 1
  const quiet = await quietUntil(run.exerciseId, run.crew, new Date(drill.t0 + minute * MINUTE))
  const next = Math.min(
    quiet ? (quiet.getTime() - drill.t0) / MINUTE : Number.POSITIVE_INFINITY,
    drill.reports[progress.taken.length]?.offset_min ?? Number.POSITIVE_INFINITY,
    lastMinute(drill),
  )
  return Math.max(minute + 1, Math.ceil(next))
}
