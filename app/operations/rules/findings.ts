import { MENDED_AT, notSetUp, SETUP_TONE, type SetupFacts, type SetupKey } from './setup.ts'

/** What the database says of itself, of the queue of jobs and of the journal (function app.operations). */
export type Figures = {
  version: string
  startedAt: string
  bytes: number
  connections: number
  connectionsMax: number
  tasks: Task[]
  failures: Failure[]
  workerAt: string | null
  clocks: ClockFacts[]
  archivedAt: string | null
  archiveFailedAt: string | null
  chains: number
  lines: number
  proof: Proof | null
  setup: SetupFacts
  /** Seconds that this server's clock is ahead of the database's. */
  aheadS: number
  checkpoint: Checkpoint | null
  now: string
}
export type Task = {
  task: string
  waiting: number
  planned: number
  retrying: number
  failed: number
  oldestAt: string | null
}
export type Failure = {
  id: string
  task: string
  attempts: number
  maxAttempts: number
  error: string
  at: string
}
/** The last walk of the journal from its first line; `broken` names the first line that does not hold. */
export type Proof = { at: string; lines: number; broken: { chain: string; seq: number } | null }

/** The last time the worker signed where the journal stands (app/_evidence), and how far its clock was from the database's. */
export type Checkpoint = { n: number; at: string; lines: number; chains: number; key: string; aheadS: number }

/** One clock of the worker, as its table remembers it. */
export type ClockFacts = {
  name: string
  /** Without success for so long, it is late. */
  lateS: number
  knownAt: string
  startedAt: string | null
  succeededAt: string | null
  failedAt: string | null
  error: string | null
  failures: number
}
/** A clock that has not turned for too long: since when, and why when that is known. */
export type LateClock = { name: string; since: string; seconds: number; why: string | null }

/** Whether what is written now is kept, and why not. */
export type WriteState =
  | 'ok'
  | 'disk_full'
  | 'read_only'
  | 'refused'
  | 'unreachable'
  // It answers, and its tables are not those of this version.
  | 'schema_newer'
  | 'schema_older'

export type FindingKey =
  | Exclude<WriteState, 'ok'>
  | SetupKey
  | 'clock_late'
  | 'worker_never'
  | 'worker_silent'
  | 'jobs_late'
  | 'jobs_failed'
  | 'jobs_retrying'
  | 'connections'
  | 'archive'
  | 'journal_broken'
  | 'clock_ahead'
  | 'clock_behind'
  | 'journal_unproved'
export type Finding = {
  key: FindingKey
  tone: 'danger' | 'warn' | 'info'
  values: Record<string, string | number>
  /** Where it is mended. */
  href?: string
}

/** The worker writes every 5 s: after four, nobody watches the deadlines of the cases. */
export const WORKER_SILENT_S = 20
/** A job starts within two seconds of its hour (the worker's pace); a minute late is a queue that does not move. */
export const LATE_S = 60
/** The last fifth of the connections is what an administrator needs to come in and look. */
export const CONNECTIONS_SHARE = 0.8

/** Hosts that keep their time differ by a tenth of a second: one that is five away no longer keeps it. */
export const SKEW_WARN_S = 5
/** From here on lines of the journal bear a wrong minute, and promises are missed that are not. */
export const SKEW_DANGER_S = 60

/** What is wrong now, worst first, each with its words and what to do. Nothing: all of it works. */
export function findings(figures: Figures, writes: WriteState): Finding[] {
  const found = [
    ...writing(writes),
    ...worker(figures),
    ...clocks(figures),
    ...journal(figures),
    ...skew(figures.aheadS),
    ...(figures.checkpoint ? skew(figures.checkpoint.aheadS, 'worker') : []),
    ...jobs(figures),
    ...room(figures),
    ...archive(figures),
    ...notSetUp(figures.setup).map(
      (key): Finding => ({ key, tone: SETUP_TONE[key], values: {}, href: MENDED_AT[key] }),
    ),
  ]
  const order = { danger: 0, warn: 1, info: 2 }
  return found.sort((a, b) => order[a.tone] - order[b.tone])
}

/** The findings that cannot wait for somebody to open a page: they stand on every page of the cell. */
export function alarms(
  writes: WriteState,
  silentFor: number | null,
  late: LateClock[],
  broken: { chain: string; seq: number } | null,
  aheadS: number,
): Finding[] {
  const found: Finding[] = writing(writes)
  if (silentFor === null) found.push({ key: 'worker_never', tone: 'danger', values: {} })
  else if (silentFor > WORKER_SILENT_S)
    found.push({ key: 'worker_silent', tone: 'danger', values: { seconds: Math.floor(silentFor) } })
  else found.push(...late.map(clockLate))
  if (broken) found.push({ key: 'journal_broken', tone: 'danger', values: { ...broken } })
  found.push(...skew(aheadS).filter(({ tone }) => tone === 'danger'))
  return found
}

function writing(writes: WriteState): Finding[] {
  return writes === 'ok' ? [] : [{ key: writes, tone: 'danger', values: {} }]
}

function clockLate({ name, seconds, why }: LateClock) {
  return {
    key: 'clock_late' as const,
    tone: 'danger' as const,
    values: { clock: name, seconds, why: why ?? '' },
  }
}

function worker({ workerAt, now }: Figures): Finding[] {
  if (workerAt === null) return [{ key: 'worker_never', tone: 'danger', values: {} }]
  const seconds = age(workerAt, now)
  return seconds > WORKER_SILENT_S ? [{ key: 'worker_silent', tone: 'danger', values: { seconds } }] : []
}

export type ClockState = 'turns' | 'failing' | 'late'

export function clockState({ lateS, knownAt, succeededAt, failures }: ClockFacts, now: number): ClockState {
  if (now - Date.parse(succeededAt ?? knownAt) > lateS * 1000) return 'late'
  return failures > 0 ? 'failing' : 'turns'
}

/** A worker that is silent turns none: that is said once. */
function clocks({ clocks: known, workerAt, now }: Figures): Finding[] {
  if (workerAt === null || age(workerAt, now) > WORKER_SILENT_S) return []
  return known
    .filter((one) => clockState(one, Date.parse(now)) === 'late')
    .map(({ name, knownAt, succeededAt, error }) => {
      const since = succeededAt ?? knownAt
      return clockLate({ name, since, seconds: age(since, now), why: error })
    })
}

function jobs({ tasks, now }: Figures): Finding[] {
  const found: Finding[] = []
  const oldest = Math.max(0, ...tasks.map(({ oldestAt }) => (oldestAt ? age(oldestAt, now) : 0)))
  const waiting = total(tasks, 'waiting')
  if (oldest > LATE_S)
    found.push({ key: 'jobs_late', tone: 'danger', values: { count: waiting, seconds: oldest } })
  const failed = total(tasks, 'failed')
  if (failed > 0) found.push({ key: 'jobs_failed', tone: 'danger', values: { count: failed } })
  const retrying = total(tasks, 'retrying')
  if (retrying > 0) found.push({ key: 'jobs_retrying', tone: 'warn', values: { count: retrying } })
  return found
}

function journal({ proof }: Figures): Finding[] {
  if (!proof) return [{ key: 'journal_unproved', tone: 'info', values: {} }]
  return proof.broken ? [{ key: 'journal_broken', tone: 'danger', values: { ...proof.broken } }] : []
}

function skew(aheadS: number, host: 'web' | 'worker' = 'web'): Finding[] {
  const seconds = Math.round(Math.abs(aheadS))
  if (seconds < SKEW_WARN_S) return []
  const tone = seconds < SKEW_DANGER_S ? 'warn' : 'danger'
  return [{ key: aheadS > 0 ? 'clock_ahead' : 'clock_behind', tone, values: { seconds, host } }]
}

function room({ connections, connectionsMax }: Figures): Finding[] {
  if (connections < connectionsMax * CONNECTIONS_SHARE) return []
  return [{ key: 'connections', tone: 'warn', values: { connections, max: connectionsMax } }]
}

function archive({ archiveFailedAt }: Figures): Finding[] {
  return archiveFailedAt ? [{ key: 'archive', tone: 'danger', values: { at: archiveFailedAt } }] : []
}

function age(at: string, now: string): number {
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1000))
}

function total(tasks: Task[], key: 'waiting' | 'failed' | 'retrying'): number {
  return tasks.reduce((sum, task) => sum + task[key], 0)
}
