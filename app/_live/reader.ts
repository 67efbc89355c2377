import type { Hint } from './connection.ts'

export type Told = { cases: string[]; events: string[] }

/** A read lasts at most this long: a router that never ends its transition must not stop the next. */
export const LONGEST_READ_MS = 15_000
/** After a read, rest as long as it took, and at least this: a busy hour must not turn every page into a mill. */
export const SHORTEST_REST_MS = 200

/**
 * Makes many hints few reads: the first reads at once, those that come meanwhile make one more at the end. A page nobody
 * looks at reads when it is looked at again.
 */
export function makeReader(clock: () => number = Date.now, hidden = () => document.hidden) {
  let told: Told | null = null
  let underWay: { startedAt: number; told: Told } | null = null
  let wanted = false
  let restUntil = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const reader = {
    read: (_told: Told): void | Promise<void> => {},
    /** A hint that concerns the page, or null for "anything may have changed". */
    ask(hint: Hint | null) {
      wanted = true
      told = {
        cases: [...new Set([...(told?.cases ?? []), ...(hint?.cases ?? [])])],
        events: [...new Set([...(told?.events ?? []), ...(hint?.events ?? [])])],
      }
      next()
    },
    /** The page has been read: what to tell those who watch its rows; null when no read was under way. */
    finished(): Told | null {
      if (!underWay) return null
      const done = underWay
      underWay = null
      restUntil = clock() + Math.max(SHORTEST_REST_MS, clock() - done.startedAt)
      next()
      return done.told
    },
    wake: () => next(),
    stop() {
      clearTimeout(timer)
      underWay = null
      wanted = false
    },
  }

  function next() {
    clearTimeout(timer)
    if (!wanted || hidden()) return
    const now = clock()
    const free = underWay ? underWay.startedAt + LONGEST_READ_MS : restUntil
    if (now < free) {
      timer = setTimeout(next, free - now)
      return
    }
    underWay = { startedAt: now, told: told ?? { cases: [], events: [] } }
    told = null
    wanted = false
    void reader.read(underWay.told)
  }
  return reader
}
