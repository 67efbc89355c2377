import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { EMBEDDED_SUPERUSER, keptSecret, Misconfigured } from './config.ts'
import { binary, chooseRunner, execute, type Runner } from './runner.ts'

export type Embedded = {
  pid: number
  port: number
  /** Resolves when the server has ended, whoever ended it. */
  ended: Promise<void>
  /** Ends open sessions, writes everything down, then stops. */
  stop(): Promise<void>
}

// Two cores and little memory, with other processes beside it; durability is never traded.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_naptime: '20s',
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.02',
  // Its log holds no statement, no parameter and no detail: those quote what people typed. Web and worker say the causes.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

/** For tests only: what is lost in a power cut does not matter there. */
export const VOLATILE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Half a second each: a server just killed gives its memory and its port back within a few seconds, on a busy machine in more. */
const ATTEMPTS = 40
/** So many attempts for a port that somebody else holds, before another is chosen. */
const FOR_A_PORT = 3

/**
 * Starts the server of this data directory; whatever a killed parent left behind is stopped first. `samePort`: others know
 * where it was and look for it there.
 */
export async function startEmbedded(
  dataDir: string,
  settings: Record<string, string> = {},
  { samePort = false } = {},
): Promise<Embedded> {
  const directory = join(dataDir, 'postgres')
  const runner = chooseRunner(directory)
  await stopOrphan(directory)
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialise(dataDir, directory, runner)
  const log = logFile(dataDir)
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(dataDir)
    const from = existsSync(log) ? statSync(log).size : 0
    const server = launch(directory, port, log, runner, { ...SETTINGS, ...settings })
    if (await becomesReady(directory, server)) return running(server, directory, port)
    const said = readFileSync(log).subarray(from).toString('utf8')
    const portHeld = /Address already in use|could not bind/.test(said)
    if (attempt < ATTEMPTS && (portHeld || said.includes('shared memory block'))) {
      if (portHeld && !samePort && attempt % FOR_A_PORT === 0) rmSync(join(dataDir, 'postgres.port'))
      await wait(500)
      continue
    }
    const fatal = /(FATAL|PANIC|ERROR):\s*(.+)/.exec(said)?.[2] ?? 'no reason given'
    throw new Misconfigured(`PostgreSQL did not start: ${fatal} (more in ${log}).`)
  }
}

/** Stops a server that still runs on the directory although its parent is gone. */
export async function stopOrphan(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = postmaster(directory)
  if (!pid) return rmSync(file, { force: true })
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    tell(pid, signal)
    for (let i = 0; i < 300 && alive(pid); i++) await wait(50)
    if (!alive(pid)) return
  }
}

/** The process id of the server that lives on this directory, if one does. */
export function postmaster(directory: string): number | null {
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  if (!pid || !alive(pid)) return null
  if (!existsSync('/proc/self/cmdline')) return pid
  try {
    // The number may have been given to another process since.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return command.includes('postgres') && command.includes(directory) ? pid : null
  } catch {
    return null
  }
}

// Into a directory beside, then renamed: an interrupted initialisation is started again, never half used.
async function initialise(dataDir: string, directory: string, runner: Runner): Promise<void> {
  const password = keptSecret(dataDir, 'postgres.password')
  const fresh = `${directory}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh)
  chmodSync(fresh, 0o700)
  const passwordFile = join(dataDir, 'postgres.password.once')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (runner.uid !== undefined && runner.gid !== undefined) {
    chownSync(fresh, runner.uid, runner.gid)
    chownSync(passwordFile, runner.uid, runner.gid)
  }
  const initdb = execute(runner, binary('initdb'), [
    `--pgdata=${fresh}`,
    `--username=${EMBEDDED_SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  let said = ''
  initdb.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => initdb.on('close', resolve).on('error', resolve))
  rmSync(passwordFile)
  if (code !== 0)
    throw new Misconfigured(
      `PostgreSQL could not make its data directory: ${said.trim().split('\n').at(-1) ?? code}.`,
    )
  renameSync(fresh, directory)
}

function launch(
  directory: string,
  port: number,
  log: string,
  runner: Runner,
  settings: Record<string, string>,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Written to a file, not a pipe: the server must be able to outlive a killed parent until the next one stops it.
  return execute(
    runner,
    binary('postgres'),
    ['-D', directory, '-p', String(port), ...flags],
    openSync(log, 'a', 0o600),
  )
}

async function becomesReady(directory: string, server: ChildProcess): Promise<boolean> {
  let gone = false
  server.once('exit', () => {
    gone = true
  })
  server.once('error', () => {
    gone = true
  })
  const file = join(directory, 'postmaster.pid')
  while (!gone) {
    // The server writes its state on the eighth line.
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (Number(lines[0]) === server.pid && lines[7]?.startsWith('ready')) return true
    await wait(25)
  }
  return false
}

function running(server: ChildProcess, directory: string, port: number): Embedded {
  const ended = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve()
    server.once('exit', () => resolve())
  })
  const stop = async () => {
    server.kill('SIGINT')
    const late = setTimeout(() => server.kill('SIGQUIT'), 30_000)
    await ended
    clearTimeout(late)
    rmSync(join(directory, 'postmaster.pid'), { force: true })
  }
  return { pid: server.pid as number, port, ended, stop }
}

async function choosePort(dataDir: string): Promise<number> {
  const file = join(dataDir, 'postgres.port')
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
  const port = await freePort()
  writeFileSync(file, `${port}\n`)
  return port
}

/** A port of the loopback address that nobody holds at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function logFile(dataDir: string): string {
  const log = join(dataDir, 'postgres.log')
  if (existsSync(log) && statSync(log).size > 5_000_000) renameSync(log, `${log}.old`)
  return log
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // gone in between
  }
}
