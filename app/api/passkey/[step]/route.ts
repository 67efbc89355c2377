import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { cookies, headers } from 'next/headers'
import { z } from 'zod'
import type { AccountActor } from '#app/_auth/actor.ts'
import { begin, begun, end } from '#app/_auth/ceremony.ts'
import { fingerprint } from '#app/_auth/fingerprint.ts'
import { currentSessionId, getActorSettingUp, isFreshlyProved } from '#app/_auth/session.ts'
import { type Site, siteOf } from '#app/_auth/site.ts'
import { failure, goesOn } from '#app/_doors/failure.ts'
import { readJson } from '#app/_doors/json.ts'
import { isOwnOrigin } from '#app/_doors/origin.ts'
import { refusal } from '#app/_doors/refusal.ts'
import { done, type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { shortened } from '#app/_doors/rules/cut.ts'
import { say } from '#app/_doors/say.ts'
import { cleanText } from '#app/_doors/text.ts'
import { addPasskey, signInWithPasskey } from '#app/sign-in/commands/passkeys.ts'
import { proveAgainByPasskey } from '#app/sign-in/commands/prove-again.ts'
import { enter, knocks } from '#app/sign-in/enter.ts'
import { ALGORITHMS, assertionInput, attestationInput } from '#app/sign-in/passkey-answer.ts'
import { passkeysOf } from '#app/sign-in/queries.ts'

export const dynamic = 'force-dynamic'

/** What one of our own pages asks and answers on behalf of a device that signs: never another site, whatever it holds. */
const STEPS = { options, 'sign-in': signIn, again, register } as const

export async function POST(request: Request, { params }: { params: Promise<{ step: string }> }) {
  const { step } = await params
  const run = Object.hasOwn(STEPS, step) ? STEPS[step as keyof typeof STEPS] : null
  if (!run) return refusal(404)
  if (!isOwnOrigin(await headers())) return refusal(403)
  const read = await readJson(request)
  if (!read.ok) return refuse(400, refused(read.key))
  try {
    // The hour of sign-in is the real one, whatever clock a journey or an exercise reads.
    const result = await run(read.value, new Date())
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store' } })
      : refuse(422, result)
  } catch (error) {
    if (goesOn(error)) throw error
    return refuse(500, failure(`passkey ${step}`, error))
  }
}

const optionsInput = z.object({ purpose: z.enum(['sign_in', 'again', 'register']) })
const signInInput = z.object({ answer: assertionInput, next: z.string().max(1_000).nullish() })
const againInput = z.object({ answer: assertionInput })
const registerInput = z.object({
  answer: attestationInput,
  name: z.string().transform((typed) => shortened(cleanText(typed).trim(), 60)),
})

/** A challenge for this browser, and what its devices are asked. */
async function options(asked: unknown, now: Date): Promise<Result<unknown>> {
  const parsed = optionsInput.safeParse(asked)
  if (!parsed.success) return refused('auth.passkey.refused')
  const { purpose } = parsed.data
  const [jar, site] = [await cookies(), siteOf(await headers())]
  if (purpose === 'sign_in') {
    const made = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' })
    await begin(jar, 'passkey', { purpose, challenge: made.challenge, sessionId: null }, now)
    return done(made)
  }
  const actor = await getActorSettingUp()
  if (!actor) return refused('auth.session_lost')
  if (purpose === 'register' && !(await isFreshlyProved(actor))) return refused('auth.again.first')
  const own = (await passkeysOf(actor)).map(({ credentialId: id, transports }) => ({ id, transports }))
  const made =
    purpose === 'again'
      ? await generateAuthenticationOptions({
          rpID: site.host,
          userVerification: 'required',
          allowCredentials: own,
        })
      : await generateRegistrationOptions({
          rpID: site.host,
          rpName: 'Permanence',
          userName: actor.email,
          userDisplayName: actor.name,
          // Says nothing of the account to whoever reads it on the device.
          userID: new TextEncoder().encode(
            fingerprint(`passkey of ${actor.accountId}`, (await knocks()).secret),
          ),
          attestationType: 'none',
          supportedAlgorithmIDs: ALGORITHMS,
          authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
          excludeCredentials: own,
        })
  await begin(
    jar,
    'passkey',
    { purpose, challenge: made.challenge, sessionId: await currentSessionId() },
    now,
  )
  return done(made)
}

async function signIn(sent: unknown, now: Date): Promise<Result<{ go: string }>> {
  const parsed = signInInput.safeParse(sent)
  const challenge = await challengeFor('sign_in', now)
  if (!parsed.success) return refused('auth.passkey.refused')
  if (!challenge) return refused('auth.passkey.expired')
  const knocking = await knocks()
  const site = siteOf(await headers())
  const { answer, next = null } = parsed.data
  const signed = await signInWithPasskey({ answer, challenge, site, ...knocking }, now)
  if (!signed.ok) return signed
  end(await cookies(), 'second')
  return done({ go: await enter(signed.value, knocking.browser, next) })
}

async function again(sent: unknown, now: Date): Promise<Result<{ go: null }>> {
  const read = await answered(againInput, sent, 'again', now)
  if (!read.ok) return read
  const { actor, input, asked } = read.value
  const proved = await proveAgainByPasskey(actor, { ...input, ...asked }, now)
  return proved.ok ? done({ go: null }) : proved
}

async function register(sent: unknown, now: Date): Promise<Result<{ go: null }>> {
  const read = await answered(registerInput, sent, 'register', now)
  if (!read.ok) return read
  const { actor, input, asked } = read.value
  if (!(await isFreshlyProved(actor))) return refused('auth.again.first')
  const { answer, name } = input
  const added = await addPasskey(actor, { answer, name: name || 'Passkey', ...asked }, now)
  return added.ok ? done({ go: null }) : added
}

/** What the device of somebody signed in answers to a challenge of this session; or why it is not listened to. */
async function answered<Schema extends z.ZodType>(
  schema: Schema,
  sent: unknown,
  purpose: 'again' | 'register',
  now: Date,
): Promise<
  Result<{
    actor: AccountActor
    input: z.output<Schema>
    asked: { challenge: string; sessionId: string; site: Site }
  }>
> {
  const parsed = schema.safeParse(sent)
  const [challenge, actor, sessionId] = [
    await challengeFor(purpose, now),
    await getActorSettingUp(),
    await currentSessionId(),
  ]
  if (!parsed.success) return refused('auth.passkey.refused')
  if (!actor || !sessionId) return refused('auth.session_lost')
  if (!challenge) return refused('auth.passkey.expired')
  return done({
    actor,
    input: parsed.data,
    asked: { challenge, sessionId, site: siteOf(await headers()) },
  })
}

/** The challenge this browser was given for this, in this session. */
async function challengeFor(purpose: 'sign_in' | 'again' | 'register', now: Date): Promise<string | null> {
  const jar = await cookies()
  const asked = await begun(jar, 'passkey', now)
  if (asked?.purpose !== purpose) return null
  if (purpose !== 'sign_in' && asked.sessionId !== (await currentSessionId())) return null
  return asked.challenge
}

async function refuse(status: 400 | 422 | 500, { reason }: Refusal): Promise<Response> {
  const { text } = await say(reason)
  return refusal(status, { message: text, key: reason.key })
}
