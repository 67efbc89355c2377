import { AsyncLocalStorage } from 'node:async_hooks'
import { type Client, makeClient } from './client.ts'
import type { Limits } from './limits.ts'

/** The server is given a moment to end a statement by itself, so that its reason is known. */
const MARGIN_MS = 1_000
/** Nobody uses them: connections of what turns once in a while are given back. */
const IDLE_S = 10
const MOST = 5

type Run = { client: Client; limits: Limits; signal: AbortSignal }
const runs = new AsyncLocalStorage<Run>()

/** The connections and the limits of the lane this work runs in, if it has one. Work whose time is over gets none. */
export function laneNow(): (Limits & { client: Client }) | null {
  const run = runs.getStore()
  if (!run) return null
  run.signal.throwIfAborted()
  return { ...run.limits, client: run.client }
}

/**
 * Connections of one work's own, and its time limit: whatever hangs elsewhere, it has them; whatever it waits for, it ends.
 * asActor takes them by itself. After a failure they are trusted no more and replaced. One work at a time.
 */
export class Lane {
  readonly #limitMs: number
  #client: Client | null = null
  #stop = new AbortController()

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Runs `work` here. Past the limit it is told by `signal`, its connections are cut, and the lane is free again. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#client ??= makeClient(MOST, { idleS: IDLE_S })
    const { signal } = this.#stop
    const run = { client: this.#client, limits: limitsOf(this.#limitMs), signal }
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new OutOfTime(this.#limitMs)), this.#limitMs + MARGIN_MS)
    })
    try {
      return await Promise.race([runs.run(run, () => work(signal)), late])
    } catch (error) {
      this.cut(error)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends its connections now, whatever they do, and tells the work that runs. */
  cut(reason: unknown = new OutOfTime(this.#limitMs)): void {
    this.#stop.abort(reason)
    this.#stop = new AbortController()
    this.#client?.cut()
    this.#client = null
  }
}

/** The server ends it too: a connection that is cut here would wait on there. What waits for a lock is told that it did. */
function limitsOf(ms: number): Limits {
  return { statement: ms, lock: Math.ceil(ms * 0.8), idle: ms, connection: ms }
}

export class OutOfTime extends Error {
  readonly code = 'OUT_OF_TIME'
  constructor(limitMs: number) {
    super(`not finished after ${limitMs / 1000} s`)
  }
}
