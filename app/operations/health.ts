import { sql } from 'drizzle-orm'
import { within } from '#app/_doors/within.ts'
import { appDb } from '#db/client.ts'

/** The worker writes every 5 seconds: three missed and it is taken for dead. */
export const WORKER_STALE_S = 20
export const PATIENCE_MS = 3_000

export type Health = { database: 'ok' | 'unreachable'; worker: 'ok' | 'stale' | 'never' | 'unknown' }

/** What anybody may know of the service: whether its parts answer. */
export async function readHealth(): Promise<Health> {
  try {
    const [row] = await within(
      PATIENCE_MS,
      appDb().execute<{ age: number | null }>(
        sql`select extract(epoch from now() - max(at))::float8 as age from worker_heartbeat`,
      ),
    )
    return { database: 'ok', worker: liveness(row?.age ?? null) }
  } catch {
    return { database: 'unreachable', worker: 'unknown' }
  }
}

function liveness(age: number | null): Health['worker'] {
  if (age === null) return 'never'
  return age > WORKER_STALE_S ? 'stale' : 'ok'
}
