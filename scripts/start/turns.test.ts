import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { poolSize } from '#db/client.ts'
import { inTurn, PAGES, READINGS } from './turns.ts'

describe('pages in turn', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A process that notes what it begins, and a way to ask it for something. */
  function service(turns = PAGES) {
    const begun: string[] = []
    const serve = inTurn(turns, (request) => void begun.push(request.url ?? ''))
    const ask = (url: string, method = 'GET') => {
      const response = new EventEmitter()
      serve({ method, url } as IncomingMessage, response as unknown as ServerResponse)
      return { ends: () => response.emit('close') }
    }
    return { begun, ask }
  }

  it('are drawn two at once, the others in the order in which they were asked', () => {
    const { begun, ask } = service()
    const [first, second] = [ask('/1'), ask('/2')]
    ask('/3')
    ask('/4')
    expect(begun).toEqual(['/1', '/2'])
    second.ends()
    expect(begun).toEqual(['/1', '/2', '/3'])
    first.ends()
    expect(begun).toEqual(['/1', '/2', '/3', '/4'])
  })

  it('hold up nothing that is sent, live or small', () => {
    const { begun, ask } = service()
    ask('/1')
    ask('/2')
    ask('/3')
    ask('/cases/new', 'POST')
    ask('/api/live')
    ask('/_next/static/one.js')
    expect(begun).toEqual(['/1', '/2', '/cases/new', '/api/live', '/_next/static/one.js'])
  })

  it('are not held up by lists that are read anew, which have turns of their own', () => {
    const begun: string[] = []
    const serve = inTurn(
      READINGS,
      inTurn(PAGES, ({ url = '' }) => void begun.push(url)),
    )
    const ask = (url: string) =>
      serve({ method: 'GET', url } as IncomingMessage, new EventEmitter() as unknown as ServerResponse)
    for (const url of ['/api/my?scope=own', '/api/queue', '/api/my/2026', '/cases'])
      for (let n = 0; n < 10; n++) ask(url)
    const times = (url: string) => begun.filter((one) => one === url).length
    expect([times('/api/my?scope=own'), times('/api/queue'), times('/cases')]).toEqual([6, 6, 2])
    expect(times('/api/my/2026'), 'another door').toBe(10)
  })

  it.each([
    ['nobody writes', 0, 6],
    ['no more write than there are connections', poolSize(), 6],
    ['more write', poolSize() + 1, 2],
  ])('lists that are read anew, of ten at once while %s', (_, writing, wanted) => {
    const { begun, ask } = service(READINGS)
    const reports = Array.from({ length: writing }, () => ask('/cases/new', 'POST'))
    const lists = Array.from({ length: 10 }, () => ask('/api/my'))
    const read = () => begun.filter((url) => url === '/api/my').length
    expect(read()).toBe(wanted)
    // Whoever wrote has his answer: as many as ever.
    for (const { ends } of reports) ends()
    expect(read()).toBe(6)
    lists[0]?.ends()
    expect(read()).toBe(7)
  })

  it('a list that begins before many write keeps its turn, and none takes its place until few are read', () => {
    const { begun, ask } = service(READINGS)
    const lists = Array.from({ length: 8 }, () => ask('/api/queue'))
    for (let n = 0; n <= poolSize(); n++) ask('/cases/new', 'POST')
    const read = () => begun.filter((url) => url === '/api/queue').length
    for (const { ends } of lists.slice(0, 4)) ends()
    expect(read()).toBe(6)
    lists[4]?.ends()
    expect(read()).toBe(7)
  })

  it('are drawn as whoever asked, not as whoever ended before', () => {
    const whose = new AsyncLocalStorage<string>()
    const drawn: unknown[] = []
    const serve = inTurn(PAGES, (request) => void drawn.push([request.url, whose.getStore()]))
    const responses = ['/1', '/2', '/3'].map((url) => {
      const response = new EventEmitter()
      whose.run(url, () =>
        serve({ method: 'GET', url } as IncomingMessage, response as unknown as ServerResponse),
      )
      return response
    })
    whose.run('somebody else', () => responses[0]?.emit('close'))
    expect(drawn).toEqual(['/1', '/2', '/3'].map((url) => [url, url]))
  })

  it('are not drawn for someone who has left', () => {
    const { begun, ask } = service()
    const first = ask('/1')
    ask('/2')
    const left = ask('/3')
    ask('/4')
    left.ends()
    first.ends()
    expect(begun).toEqual(['/1', '/2', '/4'])
  })

  it('that wait for something else let the next one begin, once', () => {
    const { begun, ask } = service()
    const slow = ask('/1')
    ask('/2')
    for (const n of [3, 4, 5, 6]) ask(`/${n}`)
    vi.advanceTimersByTime(250)
    expect(begun).toEqual(['/1', '/2', '/3', '/4'])
    slow.ends()
    expect(begun, 'its place was given away already').toHaveLength(4)
  })
})
