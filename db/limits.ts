import { currentRequest } from './away.ts'

/** In milliseconds. */
export type Limits = {
  /** One statement. */
  statement: number
  /** Waiting for somebody else's lock. */
  lock: number
  /** A transaction that was begun and says nothing. */
  idle: number
  /** Waiting for a connection: what is away may come back meanwhile. */
  connection: number
}

/**
 * A person waits for a page: together below the ten seconds after which people telephone. A job may take its time; what
 * waits for it longer than that is told in /operations.
 */
export const LIMITS: Record<'pages' | 'jobs', Limits> = {
  pages: { statement: 5_000, lock: 2_000, idle: 8_000, connection: 2_500 },
  jobs: { statement: 60_000, lock: 10_000, idle: 60_000, connection: 10_000 },
}

/** All that one request of the web may spend on the database, however many transactions it takes. */
export const REQUEST_MS = 7_000
/** What has spent all of it may still end in good order. */
const LEAST_MS = 200

/** Of this process: the web's are set where it is started. */
export function ownLimits(): Limits {
  return LIMITS[process.env.PERMANENCE_LIMITS === 'pages' ? 'pages' : 'jobs']
}

/** What the request that asks has left of them. */
export function limits(): Limits {
  const own = ownLimits()
  const asked = currentRequest()
  if (!asked) return own
  const left = Math.max(LEAST_MS, asked.until - Date.now())
  const { statement, lock, idle, connection } = own
  return {
    idle,
    statement: Math.min(statement, left),
    lock: Math.min(lock, left),
    connection: Math.min(connection, left),
  }
}
