import { type ChildProcess, spawn } from 'node:child_process'
import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { Misconfigured } from '#db/config.ts'

const NEXT = 'node_modules/next/dist/bin/next'
// Loaded before anything else: whoever loses its supervisor ends too.
const ORPHAN = ['--import', './scripts/start/orphan.mjs']

/** One page keeps one core busy while it is drawn: as many web processes as cores, two unless told otherwise. */
export function webProcesses(): number {
  const asked = process.env.WEB_PROCESSES
  if (!asked) return Math.min(2, availableParallelism())
  const count = Number(asked)
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count
  throw new Misconfigured(`WEB_PROCESSES is not a number of processes from 1 to 64: ${asked}`)
}

/**
 * Web processes that share one port: this process listens and hands each new connection to the next of them.
 * They are alike and keep nothing of their own that another would miss.
 */
export function webForks(address: string[], env: NodeJS.ProcessEnv): () => ChildProcess {
  cluster.setupPrimary({
    exec: NEXT,
    args: ['start', ...address],
    execArgv: [...ORPHAN, ...heap(384, 8)],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  // A fork inherits this process's own environment: what the web must not know is taken out by name.
  const unknown = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]))
  return () => cluster.fork({ ...unknown, ...env }).process
}

export function runDev(address: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return run([NEXT, 'dev', ...address], env)
}

export function runWorker(env: NodeJS.ProcessEnv): ChildProcess {
  return run([...heap(256, 4), 'app/_jobs/worker.ts'], env)
}

// Own process group: Ctrl-C reaches the supervisor alone, which stops everything in its order.
function run(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...ORPHAN, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

// On a large machine V8 lets garbage grow to gigabytes before it looks: told a size, it looks in time.
function heap(oldMiB: number, youngMiB: number): string[] {
  return [`--max-old-space-size=${oldMiB}`, `--max-semi-space-size=${youngMiB}`]
}
