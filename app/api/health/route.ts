import { readHealth } from '#app/operations/health.ts'
import packageJson from '../../../package.json' with { type: 'json' }

export const dynamic = 'force-dynamic'

/** For whoever watches the service (DESIGN §5): 200 when all of it works, 503 and which part does not. */
export async function GET(): Promise<Response> {
  const checks = await readHealth()
  const ok = checks.database === 'ok' && checks.worker === 'ok'
  return Response.json(
    { status: ok ? 'ok' : 'failing', ...checks, version: packageJson.version },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
