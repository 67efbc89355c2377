import type { ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'

type Options = {
  name: string
  /** Makes the process, with its output in pipes. */
  launch: () => ChildProcess
  log: string
  /** How long an orderly end may take before the process is killed. */
  patienceMs: number
  say: (line: string) => void
  /** What a process that ended waits for before it starts again. */
  turn?: (own: KeptProcess) => Promise<void>
}

/** `starting` until it says by its channel that it serves. */
export type State = 'ended' | 'starting' | 'serves'

const FIRST_PAUSE_MS = 250
/** Long enough to know which others were killed with it. */
const KILLED_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
/** A process that lived this long was well: its next crash is a new one. */
const WELL_MS = 30_000

/**
 * A process kept alive: restarted when it ends, within the second, until it is told to stop; at once when it served and was
 * killed, which is no fault that it would meet again.
 */
export class KeptProcess {
  crashes = 0
  state: State = 'ended'
  /** The last line it wrote to stderr. */
  lastWords = ''
  #child: ChildProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #stopping = false
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    const { name, launch, log, say } = this.#options
    const bornAt = Date.now()
    const child = launch()
    this.state = 'starting'
    child.on('message', (message) => {
      if (message === 'serves') this.state = message
    })
    const file = createWriteStream(log, { flags: 'a', mode: 0o600 }).on('error', (error) =>
      say(`${name}: its log cannot be written (${error.message})`),
    )
    child.stdout?.pipe(file, { end: false })
    child.stderr?.on('data', (chunk: Buffer) => {
      file.write(chunk)
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        const words = inWords(line)
        if (!words) continue
        this.lastWords = words
        say(`${name}: ${words}`)
      }
    })
    child.on('error', (error) => say(`${name}: ${error.message}`))
    child.on('close', (code, signal) => {
      file.end()
      this.#child = null
      const served = this.state === 'serves'
      this.state = 'ended'
      if (this.#stopping) return
      if (Date.now() - bornAt > WELL_MS) this.crashes = 0
      this.crashes++
      const pause =
        served && signal
          ? KILLED_PAUSE_MS
          : Math.min(FIRST_PAUSE_MS * 2 ** (this.crashes - 1), LONGEST_PAUSE_MS)
      say(`${name} ended (${signal ?? `code ${code}`}); starting it again in ${pause / 1000} s`)
      this.#timer = setTimeout(() => this.#startInTurn(), pause)
    })
    this.#child = child
  }

  async #startInTurn(): Promise<void> {
    await this.#options.turn?.(this)
    if (!this.#stopping) this.start()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#timer) clearTimeout(this.#timer)
    const child = this.#child
    if (!child) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    const late = setTimeout(() => killGroup(child), this.#options.patienceMs)
    await ended
    clearTimeout(late)
  }
}

/**
 * Whether a process that ended waits for another: while no web process serves, the one that starts has the machine for itself. Three
 * that start together on two cores all come late, and it is the first that takes reports again.
 */
export function waits(own: Pick<KeptProcess, 'name' | 'state'>, all: Pick<KeptProcess, 'name' | 'state'>[]) {
  const webs = all.filter((one) => one !== own && one.name !== 'worker')
  return webs.some(({ state }) => state === 'starting') && !webs.some(({ state }) => state === 'serves')
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

type LogLine = {
  level: string
  msg: string
  error?: { code?: string; message?: string; cause?: LogLine['error'] }
}

/** A line of the log as it is said in a terminal: what went wrong and its innermost cause; what is no line of it, as it is. */
export function inWords(line: string): string | null {
  if (!line.startsWith('{')) return line
  try {
    const { level, msg, error } = JSON.parse(line) as LogLine
    if (level === 'info' || level === 'debug') return null
    let cause = error
    while (cause?.cause) cause = cause.cause
    const why = [cause?.code, cause?.message].filter(Boolean).join(' ')
    return why ? `${msg} (${why})` : msg
  } catch {
    return line
  }
}
