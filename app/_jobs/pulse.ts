import { hostname } from 'node:os'
import { sql } from 'drizzle-orm'
import { machine } from '#app/_auth/actor.ts'
import { log } from '#app/_log/log.ts'
import { Lane } from '#db/lane.ts'
import { asActor } from '#db/transaction.ts'
import type { Clock } from './clocks.ts'

/** What one worker knows of one clock, by its own steady time. */
type Seen = { began?: number; succeeded?: number; failed?: number; error: string | null; failures: number }

const LIMIT_MS = 4_000
const BEAT_MS = 5_000
/** Until the database knows the clocks. */
const FIRST_MS = 1_000
const actor = machine('clock')
const lane = new Lane(LIMIT_MS)
const seen = new Map<string, Seen>()

/** Who beats: a process on a host. */
const NAME = `worker ${hostname()} ${process.pid}`

export function began(clock: string): void {
  of(clock).began = performance.now()
}

/** True when it had failed before. */
export function succeeded(clock: string): boolean {
  const one = of(clock)
  const again = one.failures > 0
  Object.assign(one, { succeeded: performance.now(), error: null, failures: 0 })
  return again
}

/** How many times in a row, this one counted. */
export function failed(clock: string, error: string): number {
  const one = of(clock)
  Object.assign(one, { failed: performance.now(), error, failures: one.failures + 1 })
  return one.failures
}

/** The clocks this worker turns, with what is late for each; those of an older version are forgotten. */
export function declare(clocks: Record<string, Clock>): Promise<void> {
  const rows = Object.entries(clocks).map(([name, { every, late }]) => ({
    name,
    late_s: Math.round(every * late),
  }))
  return lane.run(() =>
    asActor(actor, async (tx) => {
      await tx.execute(sql`insert into clock (name, late_s, known_at)
        select name, late_s, now() from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(name text, late_s int)
        on conflict (name) do update set late_s = excluded.late_s where clock.late_s <> excluded.late_s`)
      await tx.execute(sql`delete from clock where name <> all (${sql.param(Object.keys(clocks))}::text[])`)
    }),
  )
}

/**
 * Says that this worker lives and when each of its clocks last turned: one short transaction every few seconds, on
 * connections of its own, so that a clock that hangs cannot silence it. The hours are the database's: hosts differ.
 */
export function beat(): Promise<void> {
  const now = performance.now()
  const ago = (at: number | undefined) => (at === undefined ? null : (now - at) / 1000)
  const rows = [...seen].map(([name, one]) => ({
    name,
    began: ago(one.began),
    succeeded: ago(one.succeeded),
    failed: ago(one.failed),
    error: one.error,
    failures: one.failures,
  }))
  return lane.run(() =>
    asActor(actor, async (tx) => {
      // What is said here is said again in a moment: no commit of it need wait for the disk.
      await tx.execute(sql`select set_config('synchronous_commit', 'off', true)`)
      await tx.execute(sql`insert into worker_heartbeat (name, at) values (${NAME}, now())
        on conflict (name) do update set at = excluded.at`)
      await tx.execute(sql`delete from worker_heartbeat where at < now() - interval '1 hour'`)
      await tx.execute(sql`update clock c set
          started_at = greatest(c.started_at, now() - make_interval(secs => s.began)),
          succeeded_at = greatest(c.succeeded_at, now() - make_interval(secs => s.succeeded)),
          failed_at = greatest(c.failed_at, now() - make_interval(secs => s.failed)),
          error = s.error, failures = s.failures
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as s(name text, began float8, succeeded float8, failed float8, error text, failures int)
        where s.name = c.name`)
    }),
  )
}

/** For as long as the worker lives; while the database is away it goes on trying. */
export function keepBeating(clocks: Record<string, Clock>): { stop: () => void } {
  let stopped = false
  let declared = false
  const loop = async () => {
    while (!stopped) {
      try {
        if (!declared) await declare(clocks)
        declared = true
        await beat()
      } catch (error) {
        log.warn({ error }, 'heartbeat failed')
      }
      await new Promise((beaten) => setTimeout(beaten, declared ? BEAT_MS : FIRST_MS))
    }
  }
  void loop()
  return {
    stop() {
      stopped = true
    },
  }
}

function of(clock: string): Seen {
  let one = seen.get(clock)
  if (!one) {
    one = { error: null, failures: 0 }
    seen.set(clock, one)
  }
  return one
}
