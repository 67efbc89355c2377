import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import Provider from 'oidc-provider'
import { OIDC_CLIENT } from './oidc-client.ts'

export type Wrong = 'userinfo' | 'key' | 'issuer' | 'clock' | 'acr' | 'slow' | 'declined' | 'undated'

/**
 * A real OpenID Connect provider, set up as ProConnect is: client_secret_post, PKCE, signed id_token and userinfo, the level asked
 * by the claims parameter, sign-out asked by us. `wrong` makes it misbehave, one thing at a time.
 */
export async function startOidcProvider(port: number, site: string) {
  const issuer = `http://localhost:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'k1' }
  const state = { wrong: null as Wrong | null, subject: 'ada', ended: 0, asked: [] as URL[] }
  const real = make(issuer, site, jwk, state)
  const { server, url } = await listen(port, issuer, real, state, privateKey)
  return {
    issuer: url,
    /** Who is at the keyboard of the provider. */
    is: (subject: string) => {
      state.subject = subject
    },
    goesWrong: (wrong: Wrong | null) => {
      state.wrong = wrong
    },
    /** What was asked of it, in the order it came. */
    asked: () => state.asked,
    ended: () => state.ended,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type State = { wrong: Wrong | null; subject: string; ended: number; asked: URL[] }

function make(issuer: string, site: string, jwk: object, state: State): Provider {
  const made = new Provider(issuer, {
    jwks: { keys: [jwk as never] },
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [`${site}/sign-in/provider/callback`],
        post_logout_redirect_uris: [`${site}/sign-in`],
        token_endpoint_auth_method: 'client_secret_post',
        userinfo_signed_response_alg: 'RS256',
        id_token_signed_response_alg: 'RS256',
      },
    ],
    features: {
      jwtUserinfo: { enabled: true },
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form: string) => {
          state.ended += 1
          ctx.body = `<!doctype html><title>ProConnect</title>${form}<button form="op.logoutForm" name="logout" value="yes">Quitter ProConnect</button>`
        },
      },
    },
    claims: {
      openid: ['sub'],
      ...{ email: ['email'], given_name: ['given_name'], usual_name: ['usual_name'], siret: ['siret'] },
      ...{ acr: null, amr: null },
    },
    scopes: ['openid', 'email', 'given_name', 'usual_name', 'siret'],
    acrValues: ['eidas0-mfa', 'eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'],
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        ...{ email: `${id}@sdis59.example`, given_name: 'Ada', usual_name: 'Essai', siret: '13002526500013' },
      }),
    }),
    pkce: { required: () => true },
    conformIdTokenClaims: true,
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: [randomUUID()] },
    ttl: { AccessToken: 60, IdToken: 60, AuthorizationCode: 60, Interaction: 300, Session: 300, Grant: 300 },
  })
  made.proxy = false
  return made
}

async function listen(port: number, issuer: string, provider: Provider, state: State, key: KeyObject) {
  const handle = provider.callback()
  const server: Server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', issuer)
    state.asked.push(url)
    // Longer than anybody waits at a sign-in page; it ends with the server.
    if (state.wrong === 'slow' && url.pathname === '/token') return
    if (url.pathname.startsWith('/interaction/')) return interact(provider, state, request, response)
    if (url.pathname === '/me' || url.pathname === '/token')
      bend(response, `${state.wrong} ${url.pathname}`, key)
    handle(request, response)
  }
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  return { server, url: issuer }
}

/** Whoever comes is signed in at once, and asked for nothing. */
async function interact(
  provider: Provider,
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { prompt, session } = await provider.interactionDetails(request, response)
  if (state.wrong === 'declined')
    return provider.interactionFinished(request, response, { error: 'access_denied' })
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, {
      login: { accountId: state.subject, acr: 'eidas2', amr: ['pwd', 'mfa'] },
    })
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: OIDC_CLIENT.id })
  grant.addOIDCScope('openid email given_name usual_name siret')
  grant.addOIDCClaims(['email', 'given_name', 'usual_name', 'siret', 'acr'])
  return provider.interactionFinished(
    request,
    response,
    { consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: true },
  )
}

/** Changes what it answers, as somebody in between would, or a provider that is not the one it says it is. */
function bend(response: ServerResponse, what: string, key: KeyObject): void {
  const change = BENDS[what]
  if (!change) return
  const end = response.end.bind(response)
  response.end = ((body?: unknown, ...rest: never[]) => {
    const sent = change(String(body ?? ''), key)
    response.setHeader('content-length', Buffer.byteLength(sent))
    return end(sent, ...rest)
  }) as typeof response.end
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const LATE_S = 5 * 60

const BENDS: Record<string, (body: string, key: KeyObject) => string> = {
  // In between: what it signed is not what is read.
  'userinfo /me': (jwt) => changed(jwt, () => ({ email: 'intrus@evil.example', siret: '0' })),
  'key /token': (json) => inToken(json, (jwt) => changed(jwt, () => ({}), stranger)),
  'issuer /token': (json, key) =>
    inToken(json, (jwt) => changed(jwt, () => ({ iss: 'https://another.example' }), key)),
  // It was asked for two proofs, and says that there was one.
  'acr /token': (json, key) => inToken(json, (jwt) => changed(jwt, () => ({ acr: 'eidas1' }), key)),
  // It does not tell when he showed who he is: it need not.
  'undated /token': (json, key) =>
    inToken(json, (jwt) => changed(jwt, () => ({ auth_time: undefined }), key)),
  // Its clock is five minutes ahead of ours.
  'clock /token': (json, key) =>
    inToken(json, (jwt) =>
      changed(jwt, ({ iat, exp }) => ({ iat: Number(iat) + LATE_S, exp: Number(exp) + LATE_S }), key),
    ),
}

function inToken(json: string, change: (jwt: string) => string): string {
  const body = JSON.parse(json)
  return JSON.stringify(body.id_token ? { ...body, id_token: change(body.id_token) } : body)
}

/** With a key, signed anew; without, its signature stays what it was. */
function changed(jwt: string, more: (claims: Record<string, unknown>) => object, key?: KeyObject): string {
  const [head = '', body = '', signature = ''] = jwt.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  const payload = Buffer.from(JSON.stringify({ ...claims, ...more(claims) })).toString('base64url')
  const signed = key
    ? sign('sha256', Buffer.from(`${head}.${payload}`), key).toString('base64url')
    : signature
  return [head, payload, signed].join('.')
}
