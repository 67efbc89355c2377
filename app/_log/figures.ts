import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

/** What one web process answered since it began, and does now. The processes of a host share a port, so whoever is asked tells of all. */
export type Figures = {
  pid: number
  at: number
  /** By the first digit of their status: `2xx`. */
  requests: Record<string, number>
  /** Answers that took so many seconds at most (`le`), of those that end; each bound counts all below it. */
  withinSeconds: Record<string, number>
  seconds: number
  underWay: number
  streams: number
  pool: PoolFigures
}
export type PoolFigures = { open: number; used: number; waiting: number; most: number }

const BOUNDS = [0.05, 0.1, 0.2, 0.4, 1, 2.5, 10]
/** Written so often; what is much older is of a process that is gone. */
const [EVERY_MS, FRESH_MS] = [5_000, 20_000]
const NO_POOL: PoolFigures = { open: 0, used: 0, waiting: 0, most: 0 }

/** Counts every answer that passes through `handle`. */
export function counting(handle: RequestListener) {
  const requests: Record<string, number> = {}
  const within = new Map(BOUNDS.map((bound) => [bound, 0]))
  const open = new Set<ServerResponse>()
  let seconds = 0
  const isStream = (response: ServerResponse) =>
    String(response.getHeader('content-type')).startsWith('text/event-stream')
  const counted: RequestListener = (request, response) => {
    const from = performance.now()
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      const status = `${String(response.statusCode)[0]}xx`
      requests[status] = (requests[status] ?? 0) + 1
      // A page that listens for hours says nothing of how fast we answer.
      if (isStream(response)) return
      const took = (performance.now() - from) / 1000
      seconds += took
      for (const bound of BOUNDS) if (took <= bound) within.set(bound, (within.get(bound) ?? 0) + 1)
    })
    handle(request, response)
  }
  const figures = (pool: PoolFigures = NO_POOL): Figures => {
    const streams = [...open].filter(isStream).length
    return {
      ...{ pid: process.pid, at: Date.now(), requests, seconds, streams, pool },
      withinSeconds: Object.fromEntries(within),
      underWay: open.size - streams,
    }
  }
  return { counted, figures }
}

/** From here on they are written down, where the process that is asked finds those of all. */
export function keepFigures(read: () => Figures, folder = figuresFolder()): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (!isRunning(Number.parseInt(name, 10))) rmSync(join(folder, name))
  const path = join(folder, `${process.pid}.json`)
  const write = () => {
    writeFileSync(`${path}.new`, JSON.stringify(read()))
    renameSync(`${path}.new`, path)
  }
  // A full disk costs figures, never an answer.
  const timer = setInterval(() => {
    try {
      write()
    } catch {
      // Said by /operations and /api/health.
    }
  }, EVERY_MS)
  timer.unref()
}

/** Of every web process of this host that runs. */
export function readFigures(now: number, folder = figuresFolder()): Figures[] {
  return namesIn(folder).flatMap((name): Figures[] => {
    try {
      const read = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Figures
      return now - read.at <= FRESH_MS ? [read] : []
    } catch {
      return []
    }
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}

function figuresFolder(): string {
  return join(/* turbopackIgnore: true */ process.env.PERMANENCE_DATA_DIR || '.data', 'figures')
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
