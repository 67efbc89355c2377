import { IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { cameByHttps } from '#app/_auth/address.ts'
import { sessionCookieName, unsealSession } from '#app/_auth/cookie.ts'
import { messagesOf } from '#app/_i18n/messages.ts'
import { readableAddress } from './address.ts'
import { type BodyLimit, formLimit } from './body-limits.ts'
import { type Fault, formFault } from './multipart.ts'

/** Two years; browsers then ask for no page of this host in clear. */
const ONE_HOST_HTTPS = 'max-age=63072000; includeSubDomains'
/** Who is refused while still sending may finish, so that the answer is heard. */
const HEARD_MS = 10_000

/**
 * Stands before the framework, which reads the whole of a form before any of our doors is asked: an address nobody can read
 * and a body larger or stranger than a page of ours sends go no further. Who is asking is asked first: a cookie
 * that we did not seal is nobody's. Machines' doors read their own bodies (app/_doors/api.ts), after the same question.
 */
export function guarded(handle: RequestListener): RequestListener {
  return (request, response) => {
    const address = readableAddress(request.url ?? '')
    if (address === null) return refuse(request, response, 400, 'address')
    request.url = address
    if (cameByHttps(String(request.headers['x-forwarded-proto'] ?? '')))
      response.setHeader('strict-transport-security', ONE_HOST_HTTPS)
    if (!hasBody(request) || isMachines(address)) return handle(request, response)
    if (isForeign(request)) return refuse(request, response, 403, 'foreign')
    void letThrough(request, response, handle)
  }
}

async function letThrough(request: IncomingMessage, response: ServerResponse, handle: RequestListener) {
  const [path = ''] = (request.url ?? '').split('?')
  try {
    const limit = formLimit(path, await isSignedIn(request))
    const body = await takeIn(request, limit)
    if (!body) return refuse(request, response, 413, 'too_large')
    const fault = formFault(body, request.headers['content-type'] ?? '', limit)
    if (fault) return refuse(request, response, fault, fault === 413 ? 'too_large' : 'not_whole')
    sendAgain(request, body, (again) => handle(again, response))
  } catch {
    // Whoever sent it has left.
    response.destroy()
  }
}

/** The body as it comes, until it is more than is taken in: then null, at once. */
function takeIn(request: IncomingMessage, { bytes: most }: BodyLimit): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) chunks.push(chunk)
      else {
        chunks.length = 0
        resolve(null)
      }
    })
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', reject)
    request.once('close', () => reject(new Error('left')))
    if (request.destroyed) reject(new Error('left'))
  })
}

/** A page of another site, or of none, sends a form of ours: the framework would say so by an error. */
function isForeign({ headers: { origin, host, 'x-forwarded-host': forwarded } }: IncomingMessage): boolean {
  if (origin === undefined) return false
  const [asked] = String(forwarded ?? host ?? '').split(',')
  return URL.parse(origin)?.host !== asked?.trim()
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isMachines(address: string): boolean {
  return /^\/(api|tmf-api)\//.test(address)
}

async function isSignedIn({ headers }: IncomingMessage): Promise<boolean> {
  const name = `${sessionCookieName()}=`
  const cookie = headers.cookie?.split('; ').find((one) => one.startsWith(name))
  return cookie !== undefined && (await unsealSession(cookie.slice(name.length))) !== null
}

/** The same request, whose body has been read once; it comes after the hearer, who may count it too. */
function sendAgain(request: IncomingMessage, body: Buffer, hear: (again: IncomingMessage) => void): void {
  const again = new IncomingMessage(request.socket)
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders } = request
  Object.assign(again, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders })
  again.complete = true
  hear(again)
  again.push(body)
  again.push(null)
}

type Why = 'address' | 'foreign' | 'too_large' | 'not_whole'

/** In words: for a page, for a script of ours (which has its own), for a machine. */
function refuse(request: IncomingMessage, response: ServerResponse, status: Fault | 403, why: Why): void {
  const locale = /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fr'
  const [type, text] = answerOf(request, status, String(messagesOf(locale).gate?.[why]), locale)
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  })
  response.end(text)
  if (request.complete) return
  request.resume()
  const timer = setTimeout(() => request.destroy(), HEARD_MS).unref()
  request.once('close', () => clearTimeout(timer))
}

function answerOf(
  { url = '', headers }: IncomingMessage,
  status: Fault | 403,
  words: string,
  locale: string,
): [type: string, text: string] {
  if (isMachines(url))
    return [
      'application/json; charset=utf-8',
      JSON.stringify({ code: String(status), status: String(status), message: words }),
    ]
  // The form that sent it says it in its own place (form-frame.tsx), by this word alone.
  if ('next-action' in headers) return ['text/plain', String(status)]
  const page = `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Permanence</title><main><h1>${status}</h1><p>${words}</p></main></html>`
  return ['text/html; charset=utf-8', page]
}
