import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { within } from '#app/_doors/within.ts'

export type SmscEvent = { /** When it was heard of here, on the clock of `performance`. */ at: number } & (
  | { event: 'listening' | 'throttled' | 'enquire' | 'unbind' }
  | { event: 'bind'; systemId: string }
  | { event: 'heard'; status: number }
  | {
      event: 'submit'
      id: string
      to: string
      from: string
      coding: number
      esm: number
      registered: number
      hex: string
    }
)
export type Submit = Extract<SmscEvent, { event: 'submit' }>

type How = {
  throttle?: number
  receiptMs?: number
  silent?: number
  stat?: string
  dead?: string
  rate?: number
}

/** A message centre that can be killed and started again, and that remembers what it has taken all the while. */
export class Smsc {
  readonly events: SmscEvent[] = []
  #child: ChildProcess | null = null
  #waiting: (() => void)[] = []
  readonly port: number
  how: How

  constructor(port: number, how: How = {}) {
    this.port = port
    this.how = how
  }

  async start(): Promise<this> {
    const { throttle = 0, receiptMs = 20, silent = 0, stat = 'DELIVRD', dead = '', rate = 0 } = this.how
    const script = join(process.cwd(), 'scripts/testing/counterparts/smsc.pl')
    const before = this.#count('listening')
    const child = spawn(
      'perl',
      [script, ...[this.port, throttle, receiptMs, silent, stat, dead, rate].map(String)],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    )
    this.#child = child
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.events.push({ at: performance.now(), ...JSON.parse(line) } as SmscEvent)
      for (const wake of this.#waiting.splice(0)) wake()
    })
    await this.until(() => this.#count('listening') > before)
    return this
  }

  /** As when its machine dies: no goodbye. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await closed
  }

  /** Someone answers by a message. */
  say(from: string, text: string): void {
    this.#child?.stdin?.write(`${from}\t${text}\n`)
  }

  get submits(): Submit[] {
    return this.events.filter((one): one is Submit => one.event === 'submit')
  }

  /** What it has taken once it has told of so many: whoever is answered may hear that before what it tells is read here. */
  async taken(least: number): Promise<Submit[]> {
    await this.until(() => this.submits.length >= least)
    return this.submits
  }

  /** Waits for a fact, looked at each time the centre says something. */
  async until(fact: () => boolean, seconds = 60): Promise<void> {
    const watch = async () => {
      while (!fact()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    await within(seconds * 1000, watch())
  }

  #count(event: SmscEvent['event']): number {
    return this.events.filter((one) => one.event === event).length
  }
}
