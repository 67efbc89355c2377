import { causes, isWell, readHealth } from '#app/operations/health.ts'
import packageJson from '../../../package.json' with { type: 'json' }

export const dynamic = 'force-dynamic'

/** For whoever watches the service (DESIGN §5): 200 when all of it works, 503 with what does not and why. */
export async function GET(): Promise<Response> {
  const health = await readHealth()
  const ok = isWell(health)
  return Response.json(
    {
      status: ok ? 'ok' : 'failing',
      ...health,
      ...(ok ? {} : { why: causes(health) }),
      version: packageJson.version,
    },
    { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
