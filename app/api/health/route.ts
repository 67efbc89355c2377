import { sql } from 'drizzle-orm'
import { appDb } from '#db/client.ts'
import packageJson from '../../../package.json' with { type: 'json' }

export const dynamic = 'force-dynamic'

/** The worker writes every 5 seconds: three missed and it is taken for dead. */
const WORKER_STALE_S = 20
const PATIENCE_MS = 3_000

type Checks = { database: 'ok' | 'unreachable'; worker: 'ok' | 'stale' | 'never' | 'unknown' }

/** For whoever watches the service (DESIGN §5): 200 when all of it works, 503 and which part does not. */
export async function GET(): Promise<Response> {
  const checks = await check()
  const ok = checks.database === 'ok' && checks.worker === 'ok'
  return Response.json(
    { status: ok ? 'ok' : 'failing', ...checks, version: packageJson.version },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}

async function check(): Promise<Checks> {
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

function liveness(age: number | null): Checks['worker'] {
  if (age === null) return 'never'
  return age > WORKER_STALE_S ? 'stale' : 'ok'
}

function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('late')), ms).unref()
  })
  return Promise.race([work, late])
}
