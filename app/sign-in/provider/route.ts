import { cookies, headers } from 'next/headers'
import { begin } from '#app/_auth/ceremony.ts'
import { safePath } from '#app/_auth/paths.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { siteOf } from '#app/_auth/site.ts'
import { isOwnOrigin } from '#app/_doors/origin.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { textOf } from '#app/_doors/text.ts'
import { provider, startAt } from '../provider.ts'

export const dynamic = 'force-dynamic'

/** To the identity provider, and back to ./callback: to sign in, or to confirm that it is still oneself. */
export function GET(request: Request): Promise<Response> {
  return leave(new URL(request.url).searchParams, null)
}

/**
 * To follow an invitation: pressed on its own page. A link from elsewhere would bind whoever has a session at the provider to the
 * account of whoever made him follow it.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return refusal(403)
  const form = await request.formData().catch(() => null)
  const token = form && textOf(form, 'invitation').slice(0, 100)
  return token ? leave(new URLSearchParams(), token) : refusal(400)
}

async function leave(asked: URLSearchParams, invitation: string | null): Promise<Response> {
  const settings = provider()
  if (!settings) return refusal(404, {})
  const purpose = asked.has('again') ? 'again' : 'sign_in'
  const [jar, site, sessionId] = [await cookies(), siteOf(await headers()), await currentSessionId()]
  const started = await startAt(settings, `${site.origin}/sign-in/provider/callback`, purpose === 'again')
  if (!started.ok) return seeOther(`/sign-in?provider=${started.reason.key.split('.').at(-1)}`)
  const { go, ...begun } = started.begun
  await begin(
    jar,
    'provider',
    { ...begun, next: safePath(asked.get('next')), purpose, sessionId, invitation },
    new Date(),
  )
  return seeOther(go)
}

/** By GET, whatever brought him here. */
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
