import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'

const HEADER = 'x-request-id'
/** What a proxy in front of us may have given it. */
const GIVEN = /^[\w-]{8,64}$/

/** What is known of a request wherever it is being answered; `said` is what a form posted without scripts was answered. */
type Asked = { id: string; said?: { text: string; ok: boolean } }

// Kept on globalThis: the web server and each bundle of the framework load this module anew.
const shared = globalThis as unknown as { permanenceRequest?: AsyncLocalStorage<Asked> }
shared.permanenceRequest ??= new AsyncLocalStorage()
const requests = shared.permanenceRequest

/** Each request has a name: its proxy's, or one made here. It is on the answer, and on every line written for it. */
export function named(handle: RequestListener): RequestListener {
  return (request, response) => {
    const given = request.headers[HEADER]
    const id = typeof given === 'string' && GIVEN.test(given) ? given : randomUUID()
    request.headers[HEADER] = id
    response.setHeader(HEADER, id)
    requests.run({ id }, () => handle(request, response))
  }
}

export function requestId(): string | undefined {
  return requests.getStore()?.id
}

/** The request being answered; undefined outside of one. */
export function asked(): Asked | undefined {
  return requests.getStore()
}
