import { setTimeout as wait } from 'node:timers/promises'
import { type Runner, type RunnerOptions, run } from 'graphile-worker'
import { addressOf, type Host, onHost, writeAddress } from '#db/address.ts'
import { type Connection, openConnection } from '#db/connection.ts'
import { LIMITS } from '#db/limits.ts'

const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [100, 1_000]
/** Longer than any orderly end of jobs: what has not ended by then hangs on a connection that is gone. */
const STOP_MS = 10_000

export type Queue = { stop: () => Promise<void> }

/**
 * The queue of jobs, for as long as this process lives: while the database is away it waits, when another host has become
 * primary it goes there (the queue's own driver knows one host). Nothing of it ends the process but what cannot be ended.
 */
export function keepQueue(
  ownerUrl: string,
  options: Omit<RunnerOptions, 'connectionString'>,
  say: (error: unknown) => void,
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

  /** Until the queue ends, the primary is another, or the stop is asked for. */
  async function runOnce(): Promise<void> {
    let primary: Connection | null = await openConnection(ownerUrl, { name: 'permanence queue' })
    const { host } = primary
    const runner = await run({ ...options, connectionString: queueUrl(ownerUrl, host) })
    let running = true
    const ended = runner.promise.catch(say).then(() => {
      running = false
    })
    try {
      while (running && !stopped) {
        if (!primary) primary = await openConnection(ownerUrl, { name: 'permanence queue' }).catch(() => null)
        if (primary && !isSame(primary.host, host)) return
        const lost = primary && new Promise<void>((resolve) => primary?.onLost(resolve))
        await Promise.race([ended, asked, lost ?? wait(LONGEST_PAUSE_MS)])
        if (primary?.isLost()) primary = null
      }
    } finally {
      primary?.cut()
      if (running) await endRunner(runner)
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

async function endRunner(runner: Runner): Promise<void> {
  const late = new AbortController()
  const hung = wait(STOP_MS, 'hung' as const, { signal: late.signal }).catch(() => 'ended' as const)
  const how = await Promise.race([runner.stop().catch(() => {}), hung])
  late.abort()
  if (how === 'hung') process.exit(1)
}

function isSame(a: Host, b: Host): boolean {
  return a.host === b.host && a.port === b.port
}

/** On its one host, with a job's limits: the queue's driver sends them when the session begins. */
function queueUrl(ownerUrl: string, host: Host): string {
  const address = onHost(addressOf(ownerUrl), host)
  const { statement, lock, idle } = LIMITS.jobs
  const own = { statement_timeout: statement, lock_timeout: lock, idle_in_transaction_session_timeout: idle }
  for (const [name, ms] of Object.entries(own)) address.parameters.set(name, String(ms))
  // The server that vanished ends nothing.
  address.parameters.set('query_timeout', String(statement + lock))
  return writeAddress(address)
}
