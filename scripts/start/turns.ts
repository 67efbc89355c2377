import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/**
 * Pages that a process draws at once. Twenty drawn together take each other's cache and keep all their garbage alive:
 * each costs a fifth more, and all end late. Two: one is drawn while the other waits for the database.
 */
const AT_ONCE = 2
/** A page that takes longer than this waits for something else: it keeps its place no longer. */
const LONGEST_MS = 250

/** Pages are drawn in turn, first come, first served. What is sent, live or small never waits for them. */
export function inTurn(handle: RequestListener): RequestListener {
  const waiting = new Set<() => void>()
  let drawn = 0

  function draw(request: IncomingMessage, response: ServerResponse): void {
    drawn += 1
    const done = once(() => {
      clearTimeout(slow)
      drawn -= 1
      const [next] = waiting
      next?.()
    })
    const slow = setTimeout(done, LONGEST_MS)
    response.once('close', done)
    handle(request, response)
  }

  return (request, response) => {
    if (!isPage(request)) return handle(request, response)
    if (drawn < AT_ONCE) return draw(request, response)
    // Its turn comes when another has been answered: it is drawn as itself all the same.
    const start = AsyncResource.bind(() => {
      waiting.delete(start)
      response.off('close', leave)
      draw(request, response)
    })
    // Who has left by then is not drawn for.
    const leave = () => waiting.delete(start)
    waiting.add(start)
    response.once('close', leave)
  }
}

function isPage({ method, url = '' }: IncomingMessage): boolean {
  return method === 'GET' && !url.startsWith('/_next/') && !url.startsWith('/api/')
}

function once(run: () => void): () => void {
  let ran = false
  return () => {
    if (ran) return
    ran = true
    run()
  }
}
