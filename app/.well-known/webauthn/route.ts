import { headers } from 'next/headers'
import { siteOf } from '#app/_auth/site.ts'
import { secondAddress } from '#app/_offline/second.ts'

export const dynamic = 'force-dynamic'

/** Which addresses take the passkeys of this one (W3C Web Authentication, related origins): itself and the second. */
export async function GET() {
  const origins = [siteOf(await headers()).origin, secondAddress()].filter((one) => one !== null)
  return Response.json({ origins })
}
