import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { OWN_LISTS } from '#app/_live/own-reading.ts'
import { poolSize } from '#db/client.ts'

/**
 * What takes turns: `line`, the one in which a path stands, or null; so many of a line are begun at once, fewer (`behindWrites`) while
 * more who write wait for their answer than this process has connections; one that takes longer waits for something else and keeps
 * its place no longer.
 */
type Turns = {
  line: (path: string) => string | null
  atOnce: number
  behindWrites?: number
  longestMs: number
}

/**
 * Twenty pages drawn together take each other's cache and keep all their garbage alive: each costs a fifth more, and all end late.
 * Two: one is drawn while the other waits for the database.
 */
export const PAGES: Turns = {
  line: (path) => (path.startsWith('/_next/') || path.startsWith('/api/') ? null : 'pages'),
  atOnce: 2,
  longestMs: 250,
}

const LISTS: readonly string[] = OWN_LISTS

/**
 * A page that is open and was told to read its list anew can wait, a report cannot: when hundreds read at once it finds the database
 * free all the same. Enough of them at once to share a reading (app/_live/together.ts); each list is a line, so that an agent's queue
 * does not wait for the pages of those who report. Twice the storm, a minute of it: with six all along 1 174 of 2 400 reports and 193 of 600
 * updates were taken, with two 2 004 and 424, with one 1 533 and 302.
 */
export const READINGS: Turns = {
  line: (path) => (LISTS.includes(path) ? path : null),
  atOnce: 6,
  behindWrites: 2,
  longestMs: 1_000,
}

type Line = { waiting: Set<() => void>; drawn: number }

/** These are answered in turn, first come, first served; nothing else waits for them. */
export function inTurn(
  { line, atOnce, behindWrites = atOnce, longestMs }: Turns,
  handle: RequestListener,
): RequestListener {
  const lines = new Map<string, Line>()
  const connections = poolSize()
  let writes = 0

  const hasRoom = ({ drawn }: Line) => drawn < (writes > connections ? behindWrites : atOnce)
  function goOn(its: Line): void {
    for (const next of its.waiting) {
      if (!hasRoom(its)) return
      next()
    }
  }

  function draw(its: Line, request: IncomingMessage, response: ServerResponse): void {
    its.drawn += 1
    const done = once(() => {
      clearTimeout(slow)
      its.drawn -= 1
      goOn(its)
    })
    const slow = setTimeout(done, longestMs)
    response.once('close', done)
    handle(request, response)
  }

  function write(request: IncomingMessage, response: ServerResponse): void {
    writes += 1
    response.once('close', () => {
      writes -= 1
      for (const its of lines.values()) goOn(its)
    })
    handle(request, response)
  }

  return (request, response) => {
    if (request.method === 'HEAD') return handle(request, response)
    if (request.method !== 'GET') return write(request, response)
    const [path = ''] = (request.url ?? '').split('?')
    const name = line(path)
    if (name === null) return handle(request, response)
    const its = lines.get(name) ?? { waiting: new Set(), drawn: 0 }
    lines.set(name, its)
    if (hasRoom(its)) return draw(its, request, response)
    // Its turn comes when another has been answered: it is drawn as itself all the same.
    const start = AsyncResource.bind(() => {
      its.waiting.delete(start)
      response.off('close', leave)
      draw(its, request, response)
    })
    // Who has left by then is not drawn for.
    const leave = () => its.waiting.delete(start)
    its.waiting.add(start)
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
