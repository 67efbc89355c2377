import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Misconfigured, readConfig } from '#db/config.ts'
import { build } from './build.ts'
import { KeptServer, prepareDatabase, processEnvironments } from './database.ts'
import { runDev, runWeb, runWorker, webProcesses } from './launch.ts'
import { type Lock, lockHolder, takeLock } from './lock.ts'
import { KeptProcess, waits } from './process.ts'

const say = (line: string) => console.log(line)
const dev = process.argv.includes('--dev')
// npm run web, npm run worker: one of the two, beside the other on this machine or on another.
const alone = (['web', 'worker'] as const).find((part) => process.argv.includes(`--only-${part}`))
const host = process.env.HOST || '127.0.0.1'
const port = readPort(process.env.PORT || '3000')
/** Longer than a web process needs to start: one that hangs keeps nobody. */
const ALONE_MS = 10_000

let lock: Lock | null = null
let server: KeptServer | null = null
const kept: KeptProcess[] = []
let stopping: Promise<void> | null = null

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => end(0))

try {
  await start()
} catch (error) {
  if (!stopping) console.error(error instanceof Misconfigured ? error.message : error)
  await end(1)
}

async function start(): Promise<void> {
  const config = readConfig()
  const embedded = config.database.kind === 'embedded'
  // The database of this folder may already run, for the other part.
  const joins = embedded && alone !== undefined && lockHolder(config.dataDir) !== null
  if (embedded && !joins) lock = takeLock(config.dataDir, port)
  if (alone !== 'worker') await refuseBusyPort()
  if (embedded && !joins) {
    say(existsSync(join(config.dataDir, 'postgres')) ? 'Starting PostgreSQL' : 'Making the database (once)')
    server = new KeptServer(config.dataDir, say)
    await server.start()
  }
  if (!joins) await prepareDatabase(config, say)
  if (!dev && !stopping && alone !== 'worker') await build(say)
  if (stopping) return

  say(`Starting ${alone ?? 'web and worker'}`)
  const env = processEnvironments(config, port, dev)
  if (dev) keep('web', () => runDev({ port, host }, env.web), config.dataDir, 5_000)
  const count = dev || alone === 'worker' ? 0 : webProcesses()
  for (let i = 1; i <= count; i++)
    keep(`web ${i}`, () => runWeb({ port, host }, count, env.web), config.dataDir, 5_000)
  if (alone !== 'web') keep('worker', () => runWorker(env.worker), config.dataDir, 15_000)
  if (alone === 'worker') return say('The worker runs')
  await becomesHealthy()
  if (stopping) return
  if (embedded) await sayDemoAccounts()
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host) ? 'localhost' : host
  say(`Permanence is ready on http://${shown}:${port}`)
  watchLock()
}

function keep(name: string, launch: () => ChildProcess, dataDir: string, patienceMs: number) {
  const log = join(dataDir, `${name.split(' ')[0]}.log`)
  const process = new KeptProcess({ name, launch, log, patienceMs, say, turn })
  kept.push(process)
  process.start()
}

async function turn(own: KeptProcess): Promise<void> {
  const until = Date.now() + ALONE_MS
  while (!stopping && waits(own, kept) && Date.now() < until) await wait(50)
}

/** Web first, so that nothing new comes in; then the worker; PostgreSQL last. */
function end(code: number): Promise<void> {
  stopping ??= (async () => {
    if (code === 0) say('Stopping')
    const [workers, webs] = [true, false].map((is) => kept.filter(({ name }) => (name === 'worker') === is))
    await Promise.all((webs ?? []).map((web) => web.stop()))
    await Promise.all((workers ?? []).map((worker) => worker.stop()))
    await server?.stop()
    lock?.release()
    process.exit(code)
  })()
  return stopping
}

async function becomesHealthy(): Promise<void> {
  const reached = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host
  const url = `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/api/health`
  for (let last = ''; !stopping; ) {
    const broken = kept.find((process) => process.crashes >= 5)
    if (broken) throw new Misconfigured(`The start was given up: ${broken.lastWords || last}`)
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
      if (answer.ok) return
      last = await answer.text()
      // Whether a worker runs elsewhere is not this part's affair.
      if (alone === 'web' && JSON.parse(last).database === 'ok') return
    } catch {
      // not listening yet
    }
    await wait(100)
  }
}

async function sayDemoAccounts(): Promise<void> {
  const { DEMO_ACCOUNTS } = await import('#app/_demo/accounts.ts')
  for (const { role, email, passphrase } of DEMO_ACCOUNTS) say(`demo ${role} ${email} ${passphrase}`)
}

// Two servers on one data directory would each believe it theirs: whoever lost the lock leaves.
function watchLock(): void {
  const timer = setInterval(() => {
    if (stopping || lock?.isHeld() !== false) return
    clearInterval(timer)
    console.error('The lock of the data directory was removed or taken by another process: stopping.')
    end(1)
  }, 2_000)
  timer.unref()
}

async function refuseBusyPort(): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (code === 'EADDRINUSE')
    throw new Misconfigured(`Port ${port} is already in use: stop what uses it, or choose another with PORT.`)
  if (code) throw new Misconfigured(`Nothing can listen on ${host}:${port} (${code}): see HOST and PORT.`)
}

function readPort(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value
  console.error(`PORT is not a port number: ${text}`)
  process.exit(1)
}
