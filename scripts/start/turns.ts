import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** What takes turns: so many are begun at once; one that takes longer waits for something else and keeps its place no longer. */
type Turns = { of: (path: string) => boolean; atOnce: number; longestMs: number }

/**
 * Twenty pages drawn together take each other's cache and keep all their garbage alive: each costs a fifth more, and all end late.
 * Two: one is drawn while the other waits for the database.
 */
export const PAGES: Turns = {
  of: (path) => !path.startsWith('/_next/') && !path.startsWith('/api/'),
  atOnce: 2,
  longestMs: 250,
}

/**
 * A page that is open and was told to read its list anew can wait, a report cannot: when hundreds read at once it finds the database
 * free all the same. Enough of them at once to share a reading (app/_live/together.ts); each list has turns of its own, so that an
 * agent's queue does not wait for the pages of those who report.
 */
export const READINGS: Turns[] = ['/api/queue', '/api/my'].map((list) => ({
  of: (path) => path === list,
  atOnce: 6,
  longestMs: 1_000,
}))

/** These are answered in turn, first come, first served; nothing else waits for them. */
export function inTurn({ of, atOnce, longestMs }: Turns, handle: RequestListener): RequestListener {
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
    const slow = setTimeout(done, longestMs)
    response.once('close', done)
    handle(request, response)
  }

  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (request.method !== 'GET' || !of(path)) return handle(request, response)
    if (drawn < atOnce) return draw(request, response)
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

function once(run: () => void): () => void {
  let ran = false
  return () => {
    if (ran) return
    ran = true
    run()
  }
}
