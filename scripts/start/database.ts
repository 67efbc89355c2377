import { type ChildProcess, spawn } from 'node:child_process'
import { type Config, databaseEnvironment, listenUrl, Misconfigured } from '#db/config.ts'
import type { Embedded } from '#db/embedded.ts'
import { FIRST } from './launch.ts'

/** Runs prepare.ts as a process of its own: what it loads to fill a database is given back when it ends. */
export async function prepareDatabase(config: Config, say: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [...FIRST, 'scripts/start/prepare.ts'], {
    env: { ...process.env, AUTH_SECRET: config.secret },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let complaint = ''
  child.stdout.on('data', (chunk) => String(chunk).split('\n').filter(Boolean).forEach(say))
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const code = await ended(child)
  process.off('exit', kill)
  if (code !== 0) throw new Misconfigured(complaint.trim() || `The migration ended with code ${code}.`)
}

/** Whoever waits for the database is served soon after it can start again. */
const LONGEST_PAUSE_MS = 1_000

/** The embedded server, started again whenever it ends by itself. */
export class KeptServer {
  #server: Embedded | null = null
  #stopping = false
  readonly #dataDir: string
  readonly #say: (line: string) => void

  constructor(dataDir: string, say: (line: string) => void) {
    this.#dataDir = dataDir
    this.#say = say
  }

  async start(): Promise<void> {
    const { startEmbedded } = await import('#db/embedded.ts')
    const server = await startEmbedded(this.#dataDir, {}, { samePort: this.#server !== null })
    this.#server = server
    // The stop may have been asked for while the server was starting.
    if (this.#stopping) return server.stop()
    server.ended.then(() => this.#again())
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#server?.stop()
  }

  async #again(attempt = 1): Promise<void> {
    if (this.#stopping) return
    this.#say('PostgreSQL ended; starting it again')
    try {
      await this.start()
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error))
      setTimeout(() => this.#again(attempt + 1), Math.min(250 * 2 ** attempt, LONGEST_PAUSE_MS))
    }
  }
}

/** What holds a password of the owner's, or of a role that a process is not. */
const OF_OTHERS = new Set([
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'WORKER_DATABASE_URL',
  'PERMANENCE_OWNER_URL',
  'PERMANENCE_WORKER_URL',
])

/** What web and worker need to know. Neither learns the owner's address: policies hold even if one of them is taken. */
export function processEnvironments(config: Config, port: number, dev: boolean) {
  const { PERMANENCE_OWNER_URL: _, PERMANENCE_WORKER_URL, ...known } = databaseEnvironment(config)
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_OTHERS.has(name.replace(/_FILE$/, ''))),
  )
  const common = {
    ...inherited,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ...known,
    PERMANENCE_LISTEN_URL: listenUrl(config),
    PERMANENCE_DATA_DIR: config.dataDir,
    NEXTAUTH_SECRET: config.secret,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? `http://localhost:${port}`,
  } as NodeJS.ProcessEnv
  return { web: common, worker: { ...common, PERMANENCE_WORKER_URL } }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve).on('error', () => resolve(-1)))
}
