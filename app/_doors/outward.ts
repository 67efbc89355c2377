import { lookup } from 'node:dns/promises'
import { type ClientRequest, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isPublicAddress } from './public-address.ts'

export type Letter = { url: string; headers: Record<string, string>; body: string; signal: AbortSignal }
/** All the addresses that a name has now. */
export type Resolve = (host: string) => Promise<string[]>
/** Connects to this very address, whatever the name means by then; the status of the answer. */
export type Post = (letter: Letter, address: string) => Promise<number>

/**
 * Gives something to a host that somebody else named. Its name is resolved once and that address is connected to: a name that means
 * another machine a moment later leads nowhere. One address that is not public refuses them all. A redirection is an answer,
 * and not followed. Throws what hinders it; tells the status of the answer.
 */
export async function postOutward(letter: Letter, resolve = resolveNow, post = postTo): Promise<number> {
  const host = new URL(letter.url).hostname
  const addresses = await before(letter.signal, resolve(host))
  const [first] = addresses
  if (!first || !addresses.every(isPublicAddress)) throw new Error('not a public address')
  return before(letter.signal, post(letter, first))
}

async function resolveNow(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

/** Nothing of what is answered but its status is read. */
export function postTo({ url, headers, body, signal }: Letter, address: string): Promise<number> {
  const { protocol, hostname, host, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const request: ClientRequest = (protocol === 'https:' ? secure : plain)({
      ...{ host: address, port: port || undefined, path: pathname + search, method: 'POST' },
      // Who it is proves itself by the name that was asked for.
      servername: hostname,
      headers: { ...headers, host, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal,
    })
    request.once('error', reject)
    request.once('response', (answer) => {
      resolve(answer.statusCode ?? 0)
      request.destroy()
    })
    request.end(body)
  })
}

/** What does not listen to a signal is left alone when it is over. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = () => reject(signal.reason)
    if (signal.aborted) return over()
    signal.addEventListener('abort', over, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', over))
  })
}
