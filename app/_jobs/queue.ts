import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Runner, type RunnerOptions, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { addressOf, type Host, onHost, writeAddress } from '#db/address.ts'
import { type Connection, openConnection } from '#db/connection.ts'
import { LIMITS } from '#db/limits.ts'
import { watchPrimary } from '#db/watch.ts'

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [100, 1_000]
/** Longer than any orderly end of jobs: what has not ended by then hangs on a connection that is gone. */
const STOP_MS = 60_000

/** Nothing ended for so long though jobs were due: it hangs. A job whose statement takes all it may is at work, and ends before. */
const STILL_MS = 2 * LIMITS.jobs.statement

/**
 * In a flood jobs are fetched and ended several at a time: one by one, that cost the database as much as the jobs. And an end that
 * cannot be written is said; of a single one the queue's driver leaves the failure to nobody.
 */
const PRESET = { worker: { localQueue: { size: 16 }, completeJobBatchDelay: 20, failJobBatchDelay: 20 } }

export type QueueOptions = Omit<RunnerOptions, 'connectionString' | 'pgPool' | 'events'>
type Hanging = {
  stillMs?: number
  /** What becomes of a queue that hangs: this process ends, and its supervisor starts it again. */
  hung?: () => void
}
export type Queue = { stop: () => Promise<void> }

/**
 * The queue of jobs, for as long as this process lives: while the database is away it waits, when another host has become
 * primary it goes there (the queue's own driver knows one host). Nothing of it ends the process but what cannot be ended.
 */
export function keepQueue(
  url: string,
  { maxPoolSize, ...options }: QueueOptions,
  say: (error: unknown) => void,
  { stillMs = STILL_MS, hung = () => process.exit(1) }: Hanging = {},
): Queue {
  let stopped = false
  let stopNow = () => {}
  const asked = new Promise<void>((resolve) => {
    stopNow = resolve
  })

  async function keep(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !stopped; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await runOnce()
        pause = FIRST_PAUSE_MS
      } catch (error) {
        say(error)
      }
      if (!stopped) await wait(pause)
    }
  }

  /** Until the queue ends, its database is cut off, or the stop is asked for. */
  async function runOnce(): Promise<void> {
    // One connection watches the primary: when it is cut the queue begins anew, there or on another host. Its own driver
    // would listen again after a minute, and on the same host.
    const primary = await openConnection(url, { name: 'permanence queue' })
    try {
      const pgPool = poolOn(url, primary.host, maxPoolSize, say)
      const events: WorkerEvents = new EventEmitter()
      const runner = await run({ preset: PRESET, ...options, pgPool, events }).catch((error) => {
        // Not waited for: what was begun on a connection that is gone may never give it back.
        pgPool.end().catch(say)
        throw error
      })
      const hanging = watchStill(primary, events, stillMs, () => {
        say(new Error(`no job ended in ${stillMs / 1000} seconds, though some were due`))
        hung()
      })
      primary.onLost(hanging.stop)
      watchPrimary(primary)
      const ended = runner.promise.catch(say).then(() => pgPool.end().catch(say))
      const cut = new Promise<void>((resolve) => primary.onLost(resolve))
      await Promise.race([ended, cut, asked])
      const over = endRunner(runner, ended)
      if (stopped) await over
    } finally {
      primary.cut()
    }
  }

  const kept = keep()
  return {
    async stop() {
      stopped = true
      stopNow()
      await kept
    },
  }
}

/**
 * Whatever hangs in a queue (its driver, a retry that waits for another, a task that waits for what never comes): its jobs would wait
 * with it, while the clocks of the same process turn and all looks well.
 */
function watchStill({ sql }: Connection, events: WorkerEvents, ms: number, hangs: () => void) {
  let endedAt = Date.now()
  events.on('job:complete', () => {
    endedAt = Date.now()
  })
  const look = async () => {
    if (Date.now() - endedAt < ms) return
    // What it has taken up is due again a minute later (left-behind.ts).
    const [row] = await sql`select exists (select from graphile_worker._private_jobs
      where is_available and run_at < now() - make_interval(secs => ${ms / 1000})) as due`
    if (row?.due && Date.now() - endedAt >= ms) hangs()
  }
  // A look that fails has lost its connection: the queue begins anew.
  const timer = setInterval(() => void look().catch(() => {}), ms / 4)
  return { stop: () => clearInterval(timer) }
}

/** Whatever still runs in it ends in its time, beside its successor: a job done twice does no harm. */
async function endRunner(runner: Runner, ended: Promise<void>): Promise<void> {
  const hung = setTimeout(() => process.exit(1), STOP_MS).unref()
  // Stopped already: it ended by itself.
  await runner.stop().catch(() => {})
  await ended
  clearTimeout(hung)
}

/** On its one host, with a job's limits. A connection that is cut is said, whoever has it, also while the queue ends. */
function poolOn(url: string, host: Host, max = 5, say: (error: unknown) => void): pg.Pool {
  const { statement, lock, idle } = LIMITS.jobs
  const pool = new pg.Pool({
    connectionString: writeAddress(onHost(addressOf(url), host)),
    max,
    keepAlive: true,
    connectionTimeoutMillis: lock,
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idle,
    // A server that vanished ends nothing.
    query_timeout: statement + lock,
  })
  pool.on('error', say)
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
