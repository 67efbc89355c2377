import { asc, desc, eq, sql } from 'drizzle-orm'
import { type AccountActor, may } from '#app/_auth/actor.ts'
import { cases } from '#db/schema/cases.ts'
import { organisation } from '#db/schema/directory.ts'
import { exercise } from '#db/schema/exercise.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor, inReality } from '#db/transaction.ts'
import { type DrillOutcome, outcomeOf } from './commands/outcome.ts'
import { lastMinute } from './commands/player.ts'
import { type Drill, readDrill } from './rules/drill.ts'
import { milestonesOf } from './rules/reality.ts'
import { type Knew, whoKnew } from './rules/who-knew.ts'
import { readWhoKnew } from './who-knew-facts.ts'

const SHOWN = 50

const LINE = {
  id: exercise.id,
  title: exercise.title,
  drillId: exercise.drillId,
  state: exercise.state,
  crew: exercise.crew,
  speed: exercise.speed,
  attended: exercise.attended,
  rings: exercise.rings,
  startedAt: exercise.startedAt,
  endedAt: exercise.endedAt,
  endedByName: exercise.endedByName,
  setAsideAt: exercise.setAsideAt,
  minute: exercise.minute,
}

export function listExercises(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select(LINE).from(exercise).orderBy(desc(exercise.id)).limit(SHOWN))
}

export type ExerciseLine = Awaited<ReturnType<typeof listExercises>>[number]

export type ExerciseFile = {
  line: ExerciseLine
  /** Null for a run of the command line, whose file is not kept. */
  played: { drill: Drill; reality: Record<string, unknown>; end: number; taken: number } | null
  outcome: DrillOutcome | null
  /** Why each proposal of the outcome was made, in its order: said in the reader's language, not in the drill's. */
  reasons: { key: string; values: Record<string, string | number> }[]
  /** Empty for a run whose file is not kept. */
  knew: Knew[]
}

/** One exercise: as far as it was played, what came of it, and what happened in truth. */
export async function readExerciseFile(actor: AccountActor, id: number): Promise<ExerciseFile | null> {
  if (!may(actor, 'exercises.enter') || !Number.isSafeInteger(id)) return null
  const [row] = await asActor(actor, (tx) => tx.select().from(exercise).where(eq(exercise.id, id)))
  if (!row) return null
  const read = row.file ? readDrill(row.file) : null
  const taken = row.progress?.taken ?? []
  const crew = row.crew === 'standard' ? 'standard' : 'none'
  const kept = row.result as DrillOutcome | null
  const made = await asActor({ ...actor, exerciseId: id }, (tx) =>
    tx.select({ reason: proposal.reason }).from(proposal).orderBy(asc(proposal.firedAt), asc(proposal.id)),
  )
  return {
    line: row,
    played: read?.ok
      ? { drill: read.drill, reality: read.reality, end: lastMinute(read.drill), taken: taken.length }
      : null,
    outcome: kept ?? (read?.ok ? await outcomeOf(read.drill, id, crew, taken, new Map()) : null),
    reasons: made.map(({ reason }) => reason),
    knew: read?.ok ? whoKnew(await readWhoKnew(actor, id), read.drill.t0, milestonesOf(read.reality)) : [],
  }
}

export type RealReport = {
  reference: string
  organisation: string | null
  level: number
  receivedAt: Date
}

/** The real report for which an exercise was set aside. Read in the real world. */
export async function pushingAside(actor: AccountActor, id: number): Promise<RealReport | null> {
  const [found] = await inReality(actor, (tx) =>
    tx
      .select(REPORT)
      .from(cases)
      .leftJoin(organisation, eq(organisation.id, cases.organisationId))
      .where(
        sql`${cases.id} = (select (data->>'caseId')::bigint from journal where chain = 'exercises'
          and event = 'exercise.set_aside' and (data->>'exerciseId')::bigint = ${id} order by seq desc limit 1)`,
      ),
  )
  return found ?? null
}

/** A real report since the exercise was started or taken up again: not yet set aside, and already to be seen. */
export async function realReportSince(actor: AccountActor, id: number): Promise<RealReport | null> {
  const [found] = await inReality(actor, (tx) =>
    tx
      .select(REPORT)
      .from(cases)
      .leftJoin(organisation, eq(organisation.id, cases.organisationId))
      .where(
        sql`${cases.receivedAt} > (select max(at) from journal where chain = 'exercises'
          and event in ('exercise.started', 'exercise.resumed') and (data->>'exerciseId')::bigint = ${id})`,
      )
      .orderBy(desc(cases.receivedAt))
      .limit(1),
  )
  return found ?? null
}

const REPORT = {
  reference: cases.reference,
  organisation: organisation.name,
  level: cases.level,
  receivedAt: cases.receivedAt,
}
