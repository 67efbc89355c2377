import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { Misconfigured } from '#db/config.ts'

/** Database connections of the web as a whole, and the least that one of its processes works with. */
const [WEB_POOL, LEAST_POOL] = [8, 4]

const WEB = 'scripts/start/web.ts'

/** Where it is found; a page waits less long for the database than a job (db/limits.ts). */
const listens = ({ port, host }: Address) => ({
  WEB_PORT: String(port),
  WEB_HOST: host,
  PERMANENCE_LIMITS: 'pages',
})

/** With what each process of ours begins. */
export const FIRST = ['--import', './scripts/first.mjs']

export type Address = { port: number; host: string }

/** One page keeps one core busy while it is drawn: as many web processes as cores, two unless told otherwise. */
export function webProcesses(asked = process.env.WEB_PROCESSES, platform = process.platform): number {
  // Only here can several processes hold one port.
  if (platform !== 'linux') return 1
  if (!asked) return Math.min(2, availableParallelism())
  const count = Number(asked)
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count
  throw new Misconfigured(`WEB_PROCESSES is not a number of processes from 1 to 64: ${asked}`)
}

/** One of `count`, all alike: they keep nothing of their own that another would miss, and share out the connections. */
export function runWeb(address: Address, count: number, env: NodeJS.ProcessEnv): ChildProcess {
  const pool = env.PERMANENCE_POOL ?? String(Math.max(LEAST_POOL, Math.ceil(WEB_POOL / count)))
  const told = { ...env, ...listens(address), PERMANENCE_POOL: pool }
  if (count > 1) Object.assign(told, { WEB_SHARED: '1' })
  return run([...heap(384, 8), WEB], told)
}

/** The same, which builds each page when it is asked for: that takes more memory. */
export function runDev(address: Address, env: NodeJS.ProcessEnv): ChildProcess {
  return run([WEB], { ...env, ...listens(address) })
}

export function runWorker(env: NodeJS.ProcessEnv): ChildProcess {
  return run([...heap(256, 4), 'app/_jobs/worker.ts'], env)
}

// Own process group: Ctrl-C reaches the supervisor alone, which stops everything in its order.
function run(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...FIRST, '--import', './scripts/start/orphan.mjs', ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

// On a large machine V8 lets garbage grow to gigabytes before it looks: told a size, it looks in time.
function heap(oldMiB: number, youngMiB: number): string[] {
  return [`--max-old-space-size=${oldMiB}`, `--max-semi-space-size=${youngMiB}`]
}
