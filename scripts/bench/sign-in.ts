import { randomBytes, randomUUID } from 'node:crypto'
import { browserCookieName, sealBrowser } from '#app/_auth/browser.ts'
import { secret } from '#app/_auth/cookie.ts'
import { actorOfSession } from '#app/_auth/lookup.ts'
import { COST } from '#app/_auth/passphrase.ts'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { addPasskey } from '#app/sign-in/commands/passkeys.ts'
import { signIn } from '#app/sign-in/commands/sign-in.ts'
import { makeAuthenticator } from '../testing/authenticator.ts'
import type { World } from '../testing/own-service.ts'
import { percentiles, round } from './load.ts'

/** A room coming on duty. */
const CONNECTIONS = 8

type Times = {
  connections: number
  perSecond: number
  p50: number
  p95: number
  requests: number
  failed: number
}

/** Signing in through HTTP, as a browser does: by the form of the page, and by a device that signs. Times in ms. */
export async function measureSignIn(world: World, seconds: number, say: (line: string) => void) {
  const passphrase = await each(seconds, 'passphrase', await byPassphrase(world), say)
  const passkey = await each(seconds, 'passkey', await byPasskey(world), say)
  const { memoryCost: kib, timeCost: passes, parallelism: lanes } = COST
  return { passphrase, passkey, argon2id: { kib, passes, lanes } }
}

/** `measured` ms of one sign-in, or null when it was refused. */
type Once = (connection: number) => Promise<number | null>

/** Somebody alone, then a room. */
async function each(seconds: number, way: string, once: Once, say: (line: string) => void): Promise<Times[]> {
  const found: Times[] = []
  for (const connections of [1, CONNECTIONS]) {
    const times = await over(seconds, connections, once)
    say(
      `sign-in by ${way} × ${connections}: p50 ${times.p50} ms, p95 ${times.p95} ms, ${times.failed} failed`,
    )
    found.push(times)
  }
  return found
}

async function over(seconds: number, connections: number, once: Once): Promise<Times> {
  const times: number[] = []
  let failed = 0
  const end = performance.now() + seconds * 1000
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (performance.now() < end) {
        const took = await once(connection)
        if (took === null) failed += 1
        else times.push(took)
      }
    }),
  )
  const [p50 = 0, p95 = 0] = percentiles(times, [50, 95])
  const perSecond = round((times.length * 1000) / (performance.now() - startedAt))
  return { connections, perSecond, p50, p95, requests: times.length, failed }
}

/** A person for each connection, as a room has: who shares an account waits for himself. */
async function room({ owner }: World, role: string): Promise<{ email: string; passphrase: string }[]> {
  const account = DEMO_ACCOUNTS.find((one) => one.role === role)
  if (!account) throw new Error(`no demonstration account of role ${role}`)
  const { passphrase } = account
  const made = await owner<{ email: string }[]>`
    with template as (select a.*, p.hash from account a join passphrase p on p.account_id = a.id where a.email = ${account.email}),
    made as (insert into account (email, name, role) select ${role} || '-mesure-' || n || '@permanence.example', 'Mesure ' || n, role
      from template, generate_series(1, ${CONNECTIONS}) n returning id, email),
    known as (insert into passphrase (account_id, hash, updated_at) select made.id, template.hash, now() from made, template)
    select email from made`
  return made.map(({ email }) => ({ email, passphrase }))
}

/** The form of the page as it is drawn without JavaScript: its hidden fields name the action. */
async function byPassphrase(world: World): Promise<Once> {
  const { base } = world
  const page = await (await fetch(`${base}/sign-in`)).text()
  const form = [...page.matchAll(/<form[\s\S]*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => text.includes('"passphrase"'))
  const hidden = [...(form ?? '').matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)]
  const people = await room(world, 'agent')
  // One a connection, as people have: tries from one browser wait for each other.
  const browsers = Array.from(
    { length: CONNECTIONS },
    () => `${browserCookieName()}=${sealBrowser(randomUUID(), secret())}`,
  )
  return async (connection) => {
    const body = new FormData()
    for (const [, name = '', value = ''] of hidden) body.append(unescaped(name), unescaped(value))
    body.append('email', people[connection]?.email ?? '')
    body.append('passphrase', people[connection]?.passphrase ?? '')
    const from = performance.now()
    const answer = await fetch(`${base}/sign-in`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { cookie: browsers[connection] ?? '', origin: base },
    })
    await answer.arrayBuffer()
    const isIn = answer.headers.getSetCookie().some((line) => line.includes('session-token='))
    return isIn ? performance.now() - from : null
  }
}

/** A person and a device for each connection: its count may only grow. The challenge and the answer are one sign-in. */
async function byPasskey(world: World): Promise<Once> {
  const { base } = world
  const site = { origin: base, host: new URL(base).hostname }
  const devices = Array.from({ length: CONNECTIONS }, () => makeAuthenticator(site))
  const now = new Date()
  const people = await room(world, 'lead')
  for (const [n, device] of devices.entries()) {
    const asked = { browser: randomUUID(), address: null, userAgent: 'measure', secret: secret() }
    const signed = await signIn({ ...(people[n] as (typeof people)[number]), ...asked }, now)
    if (!signed.ok || signed.value.step !== 'in') throw new Error('not signed in')
    const { sessionId } = signed.value
    const actor = await actorOfSession(sessionId, now)
    if (!actor) throw new Error('nobody')
    const challenge = randomBytes(32).toString('base64url')
    const answer = device.register(challenge)
    const added = await addPasskey(actor, { answer, challenge, site, sessionId, name: `Mesure ${n}` }, now)
    if (!added.ok) throw new Error(added.reason.key)
  }
  const post = (step: string, body: unknown, cookie = '') =>
    fetch(`${base}/api/passkey/${step}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: base, cookie },
    })
  return async (connection) => {
    const from = performance.now()
    const options = await post('options', { purpose: 'sign_in' })
    const { challenge } = (await options.json()) as { challenge: string }
    const cookie = options.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const answer = await post('sign-in', { answer: devices[connection]?.answer(challenge) }, cookie)
    await answer.arrayBuffer()
    return answer.ok ? performance.now() - from : null
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
