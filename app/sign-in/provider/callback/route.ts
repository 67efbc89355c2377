import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { begun, type Ceremonies, end } from '#app/_auth/ceremony.ts'
import { sealed } from '#app/_auth/sealed.ts'
import { currentSessionId, getActorSettingUp } from '#app/_auth/session.ts'
import { siteOf } from '#app/_auth/site.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { done, type Result, refused } from '#app/_doors/result.ts'
import { followWithProvider } from '../../commands/invitation.ts'
import { countUnbelieved, proveAgainByProvider, signInWithProvider } from '../../commands/provider-sign-in.ts'
import { enter, knocks } from '../../enter.ts'
import { type Provider, provider, readReturn, type Said, TOKEN_USE } from '../../provider.ts'

export const dynamic = 'force-dynamic'

/** What the provider sends back: believed when all of it holds, once, in the browser it was asked from. */
export async function GET(request: Request): Promise<Response> {
  const settings = provider()
  if (!settings) return refusal(404, {})
  const [jar, now] = [await cookies(), new Date()]
  const asked = await begun(jar, 'provider', now)
  end(jar, 'provider')
  let result: Result<string>
  try {
    result = asked ? await answer(settings, request, asked, now) : refused('auth.provider.expired')
  } catch (error) {
    if (goesOn(error)) throw error
    failure('provider', error)
    result = refused('auth.provider.away')
  }
  if (result.ok) redirect(result.value)
  const why = result.reason.key.split('.').at(-1)
  redirect(asked?.purpose === 'again' ? `/sign-in/again?provider=${why}` : `/sign-in?provider=${why}`)
}

async function answer(
  settings: Provider,
  request: Request,
  asked: Ceremonies['provider'],
  now: Date,
): Promise<Result<string>> {
  // The address it was sent to, whatever a proxy called this server.
  const { origin } = siteOf(await headers())
  const returned = new URL(`/sign-in/provider/callback${new URL(request.url).search}`, origin)
  const read = await readReturn(settings, returned, asked, now)
  if (!read.ok) {
    await countUnbelieved(now)
    return read
  }
  return asked.purpose === 'again' ? proveAgain(read.said, asked, now) : signIn(read.said, asked, now)
}

async function signIn(said: Said, asked: Ceremonies['provider'], now: Date): Promise<Result<string>> {
  const { browser, where, secret } = await knocks()
  const providerToken = sealed(TOKEN_USE, said.idToken)
  const signed = asked.invitation
    ? await followWithProvider({ token: asked.invitation, where, said, providerToken }, now)
    : await signInWithProvider({ said, providerToken, browser, where, secret }, now)
  return signed.ok ? done(await enter(signed.value, browser, asked.next)) : signed
}

async function proveAgain(said: Said, asked: Ceremonies['provider'], now: Date): Promise<Result<string>> {
  const [actor, sessionId] = [await getActorSettingUp(), await currentSessionId()]
  if (!actor || !sessionId || sessionId !== asked.sessionId) return refused('auth.provider.expired')
  const proved = await proveAgainByProvider(actor, { said, sessionId }, now)
  return proved.ok ? done(asked.next ?? '/sign-in/again?proved') : proved
}
