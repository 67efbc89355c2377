import * as oidc from 'openid-client'
import { type Refusal, refused } from '#app/_doors/result.ts'
import { log } from '#app/_log/log.ts'
import { ACR_ASKED, hintOf, isDrifted, isStrongEnough, shownAt } from './rules/provider.ts'

/** ProConnect, or any other OpenID Connect provider: set by the environment, null when there is none. */
export type Provider = {
  name: string
  issuer: string
  clientId: string
  secret: string
  scope: string
  alg: string
  acr: string[]
}

/** What the provider says of somebody. Issuer and subject identify him; the rest are hints. */
export type Said = {
  issuer: string
  subject: string
  acr: string
  /** When he last showed there who he is, not when it last said so; null when it does not tell. */
  shownAt: Date | null
  idToken: string
  hints: { name: string; email: string; siret: string }
}

/** How what it gave is told from other things sealed. */
export const TOKEN_USE = 'provider token'

/** A person waits for it, and may sign in otherwise: no longer. [D] */
const PATIENCE_S = 5
/** Keys and addresses of a provider change once in months. */
const BELIEVED_MS = 10 * 60_000

export function provider(env: NodeJS.ProcessEnv = process.env): Provider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = env
  if (!issuer || !clientId) return null
  return {
    issuer,
    clientId,
    name: env.OIDC_NAME || 'ProConnect',
    secret: env.OIDC_CLIENT_SECRET ?? '',
    scope: env.OIDC_SCOPE || 'openid given_name usual_name email siret',
    alg: env.OIDC_ALG || 'RS256',
    acr: env.OIDC_ACR?.split(/[\s,]+/).filter(Boolean) ?? ACR_ASKED,
  }
}

export type Begun = { go: string; state: string; nonce: string; verifier: string }

/**
 * Where a browser is sent to, with what must come back. Nothing in it that a strict provider does not know: ProConnect refuses
 * `max_age`, so the hour of the proof is asked as a claim, and judged when it comes back.
 */
export async function startAt(
  provider: Provider,
  redirectUri: string,
  again: boolean,
): Promise<{ ok: true; begun: Begun } | Refusal> {
  try {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
    const go = oidc.buildAuthorizationUrl(await configuration(provider), {
      redirect_uri: redirectUri,
      scope: provider.scope,
      ...{ state, nonce, code_challenge_method: 'S256' },
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      claims: JSON.stringify({
        id_token: { acr: { essential: true, values: provider.acr }, auth_time: { essential: true } },
      }),
      ...(again ? { prompt: 'login' } : {}),
    })
    return { ok: true, begun: { go: go.href, state, nonce, verifier } }
  } catch (error) {
    return failed(error)
  }
}

/** What came back, checked: signatures of both answers, state, nonce, issuer, hour, and how it showed who he is. */
export async function readReturn(
  provider: Provider,
  returned: URL,
  { state, nonce, verifier }: Omit<Begun, 'go'>,
  now: Date,
): Promise<{ ok: true; said: Said } | Refusal> {
  if (returned.searchParams.get('state') !== state) return refused('auth.provider.expired')
  try {
    const config = await configuration(provider)
    const tokens = await oidc.authorizationCodeGrant(config, returned, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims || !tokens.id_token) return refused('auth.provider.untrusted')
    if (isDrifted(claims.iat, now)) return refused('auth.provider.clock')
    if (!isStrongEnough(claims.acr, provider.acr)) return refused('auth.provider.weak')
    const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
    const name = [info.given_name, info.usual_name ?? info.family_name].map((one) => hintOf(one)).join(' ')
    return {
      ok: true,
      said: {
        issuer: claims.iss,
        subject: claims.sub,
        acr: String(claims.acr),
        shownAt: shownAt(claims.auth_time, now),
        idToken: tokens.id_token,
        hints: { name: name.trim(), email: hintOf(info.email), siret: hintOf(info.siret) },
      },
    }
  } catch (error) {
    return failed(error)
  }
}

/** Where a browser is sent to end the provider's own session; null when it has none to offer, or does not answer. */
export async function leaveAt(
  provider: Provider,
  idToken: string,
  { back, state }: { back: string; state: string },
): Promise<string | null> {
  try {
    const config = await configuration(provider)
    if (!config.serverMetadata().end_session_endpoint) return null
    return oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: back, state })
      .href
  } catch {
    return null
  }
}

let known: { of: string; until: number; config: oidc.Configuration } | null = null

async function configuration({ issuer, clientId, secret, alg }: Provider): Promise<oidc.Configuration> {
  const of = `${issuer} ${clientId}`
  if (known?.of === of && known.until > performance.now()) return known.config
  const config = await oidc.discovery(
    new URL(issuer),
    clientId,
    { client_secret: secret, id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg },
    oidc.ClientSecretPost(secret),
    {
      // What it signs is checked against its keys, even where it came by TLS: a changed userinfo is refused.
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(isOwnMachine(issuer) ? [oidc.allowInsecureRequests] : []),
      ],
      timeout: PATIENCE_S,
    },
  )
  config.timeout = PATIENCE_S
  known = { of, config, until: performance.now() + BELIEVED_MS }
  return config
}

/** A provider of a test: without TLS only where nobody stands in between. */
function isOwnMachine(issuer: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(issuer)
}

const CLOCK = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'
const AWAY = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']

/** In words, and as a code in the log: never what it said of anybody. */
function failed(error: unknown): Refusal {
  known = null
  const codes = codesOf(error)
  log.warn({ where: 'provider', codes }, 'the identity provider was not believed')
  if (error instanceof oidc.AuthorizationResponseError) return refused('auth.provider.declined')
  if (codes.includes(CLOCK)) return refused('auth.provider.clock')
  if (codes.some((code) => AWAY.includes(code)) || isUnreachable(error)) return refused('auth.provider.away')
  return refused('auth.provider.untrusted')
}

function isUnreachable(error: unknown): boolean {
  return chain(error).some(({ name, message }) => name === 'TimeoutError' || message === 'fetch failed')
}

function codesOf(error: unknown): string[] {
  return chain(error).flatMap(({ code }) => (typeof code === 'string' ? [code] : []))
}

function chain(error: unknown): (Error & { code?: unknown })[] {
  const found: Error[] = []
  for (let one = error; one instanceof Error && found.length < 5; one = one.cause) found.push(one)
  return found
}
