import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { begin } from '#app/_auth/ceremony.ts'
import { safePath } from '#app/_auth/paths.ts'
import { currentSessionId } from '#app/_auth/session.ts'
import { siteOf } from '#app/_auth/site.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { provider, startAt } from '../provider.ts'

export const dynamic = 'force-dynamic'

/** To the identity provider, and back to ./callback: to sign in, to confirm that it is still oneself, or to follow an invitation. */
export async function GET(request: Request): Promise<Response> {
  const settings = provider()
  if (!settings) return refusal(404, {})
  const asked = new URL(request.url).searchParams
  const purpose = asked.has('again') ? 'again' : 'sign_in'
  const [jar, site, sessionId] = [await cookies(), siteOf(await headers()), await currentSessionId()]
  const started = await startAt(settings, `${site.origin}/sign-in/provider/callback`, purpose === 'again')
  if (!started.ok) redirect(`/sign-in?provider=${started.reason.key.split('.').at(-1)}`)
  const { go, ...begun } = started.begun
  const invitation = asked.get('invitation')?.slice(0, 100) ?? null
  await begin(
    jar,
    'provider',
    { ...begun, next: safePath(asked.get('next')), purpose, sessionId, invitation },
    new Date(),
  )
  redirect(go)
}
