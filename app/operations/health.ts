import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { appDb } from '#db/client.ts'
import { proveWrite } from './durable.ts'
import { type LateClock, WORKER_SILENT_S, type WriteState } from './rules/findings.ts'

export const PATIENCE_MS = 3_000

export type Health = {
  /** Whether it answers and keeps what is written. */
  database: WriteState
  worker: 'ok' | 'stale' | 'never' | 'unknown'
  late: LateClock[]
}

/** What anybody may know of the service: whether its parts answer, and what the failing one suffers from. */
export async function readHealth(): Promise<Health> {
  const [read, database] = await Promise.all([readBeats(), proveWrite()])
  if (!read) return { database: database === 'ok' ? 'unreachable' : database, worker: 'unknown', late: [] }
  const worker = liveness(read.age)
  return { database, worker, late: worker === 'ok' ? read.late : [] }
}

export function isWell({ database, worker, late }: Health): boolean {
  return database === 'ok' && worker === 'ok' && late.length === 0
}

/** Each failing part in a sentence, for whoever reads /api/health at night. */
export function causes({ database, worker, late }: Health): string[] {
  const found: string[] = []
  if (database !== 'ok') found.push(DATABASE[database])
  if (worker === 'stale') found.push('the worker is silent: no clock turns')
  if (worker === 'never') found.push('no worker has ever run: no clock turns')
  for (const { name, since, why } of late)
    found.push(`the clock ${name} is late, last turned ${since}${why ? `: ${why}` : ''}`)
  return found
}

const DATABASE: Record<Exclude<WriteState, 'ok'>, string> = {
  unreachable: 'the database does not answer',
  disk_full: 'disk full: the database cannot write',
  read_only: 'the database is read only',
  refused: 'the database refuses to write',
  schema_newer:
    'a newer version has changed the database, and this one cannot work with it: start the newer one',
  schema_older: 'the database is of an older version: start this one again, it brings it to the present',
}

export type Beats = { age: number | null; late: LateClock[] }

async function readBeats(): Promise<Beats | null> {
  try {
    const [row] = await within(PATIENCE_MS, appDb().execute<Beats>(BEATS))
    return row ?? null
  } catch {
    return null
  }
}

/** How long the worker has been silent, and which clocks are late: asked by health and by the alarm strip alike. */
export const BEATS = sql`select
  (select extract(epoch from now() - max(at))::float8 from worker_heartbeat) as age,
  coalesce((select jsonb_agg(jsonb_build_object('name', name, 'since', coalesce(succeeded_at, known_at),
      'seconds', floor(extract(epoch from now() - coalesce(succeeded_at, known_at))), 'why', error) order by late_s, name)
    from clock where coalesce(succeeded_at, known_at) < now() - make_interval(secs => late_s)), '[]') as late`

function liveness(age: number | null): Health['worker'] {
  if (age === null) return 'never'
  return age > WORKER_SILENT_S ? 'stale' : 'ok'
}
