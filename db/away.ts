import type { AsyncLocalStorage } from 'node:async_hooks'

/** The database cannot be reached, or not in time: said to people as such, and tried again. */
export class DatabaseAway extends Error {
  readonly code = 'DATABASE_AWAY'
}

/** It was there a moment ago. */
export class CutConnection extends DatabaseAway {
  constructor(cause?: unknown) {
    super('the connection was cut', { cause })
  }
}

/** What whoever asks is told to wait before asking again. */
export const RETRY_AFTER_S = 5

/**
 * Codes of PostgreSQL that say: not now. Cut, starting or stopping (57P), no place or no memory (53), its disk fails (58),
 * a standby (25006), a session that was idle too long (25P03, 57P05), a statement or a lock that took too long, two that waited for each other.
 */
const NOT_NOW = /^(DATABASE_AWAY|08...|53...|57P..|58...|25006|25P03|57014|55P03|40P01|40001)$/

/** Two transactions that waited for each other: PostgreSQL ended this one, and nothing of it is left. */
const DEADLOCK = /^40P01$/

/** Whether this failed because the database is away, busy or locked, whatever it was wrapped in. */
export function isAway(error: unknown): boolean {
  return isOf(error, NOT_NOW)
}

/** Whether it was the one of two that had to give way: done again at once, it finds the other done. */
export function gaveWay(error: unknown): boolean {
  return isOf(error, DEADLOCK)
}

function isOf(error: unknown, codes: RegExp): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && codes.test(code)) return true
  }
  return false
}

/** One request of the web: until when it may wait for the database, and whether it met one that is away. */
export type Asked = { until: number; away: boolean }
type Shared = { permanenceAsked?: AsyncLocalStorage<Asked> }

/** Kept on globalThis: the web server and each bundle of the framework load this module anew. */
const shared = globalThis as unknown as Shared

export function shareRequests(store: AsyncLocalStorage<Asked>): void {
  shared.permanenceAsked = store
}

export function currentRequest(): Asked | undefined {
  return shared.permanenceAsked?.getStore()
}

/** One part of an answer that takes as long as its reader does: it may wait as long as a whole request. */
export function inItsOwnTime<T>(ms: number, part: () => Promise<T>): Promise<T> {
  const store = shared.permanenceAsked
  return store?.getStore() ? store.run({ until: Date.now() + ms, away: false }, part) : part()
}

/** What a request began and others need after it: it has no request's time, which was over long ago. */
export function outOfRequest<T>(work: () => T): T {
  const store = shared.permanenceAsked
  return store ? store.exit(work) : work()
}

/** Remembers in the request that asked that the database was away; what becomes of it, the web server decides at the end. */
export function noteAway(error: unknown): void {
  const asked = currentRequest()
  if (asked && isAway(error)) asked.away = true
}
