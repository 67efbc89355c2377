import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { describe, expect, test } from 'vitest'

const SITE = 'https://first.example'
const SECOND = 'https://second.example'
const DOOR = '/api/kept-reports'
const WORKER = readFileSync('public/service-worker.js', 'utf8')

type Stored = Record<string, unknown> & { sealed: Sealed | null }
type Sealed = { iv: Uint8Array; bytes: ArrayBuffer }
type Said = Record<string, unknown>
type Event = { waitUntil: (promise: Promise<unknown>) => void } & Said
/** What a door answers: a text is a page of whoever stands between, null is no answer at all. */
type Answer = [status: number, body: object | string] | null
type Asked = { url: string; id?: string; authorization?: string }

/** The stores of a browser, each request a transaction of its own; what is `add`ed never replaces. */
function disk() {
  const names = { state: null, pages: 'path', reports: 'id' } as const
  const stores = new Map(Object.keys(names).map((name) => [name, new Map<string, Stored>()]))
  const transaction = (name: keyof typeof names) => {
    const store = stores.get(name) as Map<string, Stored>
    const on: { oncomplete?: () => void; onabort?: () => void; error?: Error } = {}
    const later = (work: () => unknown) => {
      const request: { result?: unknown } = {}
      setTimeout(() => {
        try {
          request.result = structuredClone(work())
          setTimeout(() => on.oncomplete?.())
        } catch (error) {
          on.error = error as Error
          on.onabort?.()
        }
      })
      return request
    }
    const put = (value: Stored, id = String(value[names[name] ?? ''])) =>
      store.set(id, structuredClone(value)) && id
    return Object.assign(on, {
      objectStore: () => ({
        get: (id: string) => later(() => store.get(id)),
        getAll: () => later(() => [...store].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)),
        put: (value: Stored, id?: string) => later(() => put(value, id)),
        add: (value: Stored, id?: string) =>
          later(() => {
            if (store.has(id ?? String(value[names[name] ?? '']))) throw new Error('ConstraintError')
            return put(value, id)
          }),
        delete: (id: string) => later(() => store.delete(id) && undefined),
        clear: () => later(() => store.clear()),
      }),
    })
  }
  const open = () => {
    const request: { result: unknown; onsuccess?: () => void } = { result: { transaction } }
    setTimeout(() => request.onsuccess?.())
    return request
  }
  return { stores, indexedDB: { open } }
}

/** The worker as a browser runs it, on a network that answers as `line` says. */
function device(line: (asked: Asked) => Answer | Promise<Answer>) {
  const { stores, indexedDB } = disk()
  const heard = new Map<string, (event: Event) => void>()
  const asked: Asked[] = []
  const work = new Set<Promise<unknown>>()
  const cached = new Map<string, unknown>()
  const location = `${SITE}/service-worker.js?build=1`
  const cache = {
    match: async (file: string) => cached.get(String(file)),
    put: async (file: string, found: unknown) => void cached.set(String(file), found),
  }
  const context = vm.createContext({
    ...{ indexedDB, crypto: webcrypto, URL, TextEncoder, TextDecoder, Response, AbortSignal, setTimeout },
    importScripts: () => {},
    caches: { open: async () => cache, match: cache.match, keys: async () => [] },
    self: {
      location: { origin: SITE, toString: () => location },
      addEventListener: (name: string, hear: (event: Event) => void) => heard.set(name, hear),
      clients: { matchAll: async () => [] },
      registration: {},
    },
    fetch: async (
      to: string | { url: string },
      init?: { body?: string; headers: Record<string, string> },
    ) => {
      const url = (typeof to === 'string' ? to : to.url).replace(SITE, '')
      const one = {
        url,
        ...(init?.body && { id: JSON.parse(init.body).id, authorization: init.headers.authorization }),
      }
      asked.push(one)
      const answer = url.endsWith('.js') ? ([200, {}] as const) : await line(one)
      if (!answer) throw new TypeError('Failed to fetch')
      const [status, body] = answer
      const found =
        typeof body === 'string'
          ? new Response(body, { status, headers: { 'content-type': 'text/html' } })
          : Response.json(body, { status })
      return Object.defineProperty(found, 'url', { value: `${SITE}${url}` })
    },
  })
  vm.runInContext(WORKER, context)
  const dispatch = (name: string, event: Said) =>
    heard.get(name)?.({ ...event, waitUntil: (promise) => void work.add(promise) })
  const settled = async () => {
    for (const one of work) await Promise.allSettled([one])
  }
  const ask = (what: Said) =>
    new Promise<unknown>((resolve, reject) => {
      const postMessage = ({ value, error }: { value?: unknown; error?: string }) =>
        error ? reject(new Error(error)) : resolve(value)
      dispatch('message', { data: what, ports: [{ postMessage }] })
    })
  const all = (store: string) => [...(stores.get(store) as Map<string, Stored>).values()]
  return {
    ask,
    asked,
    settled,
    about: (me: Said = {}) => ask({ ...ME, ...me }),
    keep: (id: string, words = id, owner = 'a') => ask({ ...KEEP, id, owner, entries: [['details', words]] }),
    sync: () => {
      dispatch('sync', { tag: 'reports' })
      return [...work].at(-1)
    },
    /** What a browser shows that is led to this page. */
    open: (path: string) =>
      new Promise<Response>((resolve, reject) =>
        dispatch('fetch', {
          request: { url: `${SITE}${path}`, method: 'GET', mode: 'navigate' },
          respondWith: (page: Promise<Response>) => page.then(resolve, reject),
        }),
      ),
    reports: () => all('reports'),
    pages: () => all('pages'),
    states: () => Object.fromEntries(all('reports').map(({ id, state }) => [id, state])),
    words: (sealed: Sealed | null) => (context.unseal as (what: unknown) => Promise<unknown>)(sealed),
    stores,
  }
}

const ME = {
  ask: 'about',
  owner: 'a',
  locale: 'fr',
  shared: false,
  second: null,
  pages: [],
  away: { title: '', text: '', links: [] },
}
const KEEP = { ask: 'keep', writtenAt: '2026-11-28T03:00:00Z' }
const CASE: Answer = [200, { reference: '2026-000001-1' }]
const refusal = (status: number, key?: string): Answer => [
  status,
  { code: String(status), key, message: key },
]
const page = (words: string): Answer => [200, `<html lang="fr">static/chunks/a.js ${words}</html>`]

/** A line that answers when it is let go. */
function slow(answer: Answer) {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  return { line: () => promise, go: () => resolve(answer) }
}

describe('a report is sent when a door of ours says so, refused when one of ours refuses', () => {
  test.each<[string, Answer, string, number]>([
    ['a case', CASE, 'sent', 1],
    ['nothing', null, 'waiting', 2],
    ['the page of a relay, in our place', [200, '<html>Blocked by policy</html>'], 'waiting', 2],
    ['a refusal of a relay', [403, '<html>Blocked by policy</html>'], 'waiting', 2],
    ['a relay that asks who it is', [401, '<html>Sign in to the proxy</html>'], 'waiting', 2],
    ['words of a program that name no case', [200, {}], 'waiting', 2],
    ['that it failed', refusal(500), 'waiting', 2],
    ['that too many came', refusal(429), 'waiting', 2],
    ['that nobody is signed in', refusal(401), 'signed_out', 1],
    ['that another is signed in', refusal(422, 'kept.refused.world'), 'waiting', 1],
    ['a refusal', refusal(422, 'kept.refused.too_old'), 'refused', 1],
  ])('the doors answer %s', async (_, answer, state, doors) => {
    const one = device(() => answer)
    await one.about({ second: { address: SECOND, ticket: 't' } })
    await one.keep('r')
    await one.settled()
    expect(one.asked.map(({ url }) => url)).toEqual([DOOR, `${SECOND}${DOOR}`].slice(0, doors))
    expect(one.states()).toEqual({ r: state })
    const [{ sealed } = { sealed: null }] = one.reports()
    if (state === 'sent') expect(sealed).toBeNull()
    else expect(await one.words(sealed)).toEqual([['details', 'r']])
  })

  test('the second address is asked when the first is not ours', async () => {
    const one = device(({ url }) => (url === DOOR ? [200, '<html>Maintenance</html>'] : CASE))
    await one.about({ second: { address: SECOND, ticket: 't' } })
    await one.keep('r')
    await one.settled()
    expect(one.states()).toEqual({ r: 'sent' })
  })
})

describe('one report does not hold those behind it', () => {
  const sent = async (line: (asked: Asked) => Answer) => {
    let cut = true
    const one = device((asked) => (cut ? null : line(asked)))
    await one.about()
    for (const id of ['r1', 'r2', 'r3']) await one.keep(id)
    await one.settled()
    cut = false
    one.asked.length = 0
    return one
  }

  test('that the service cannot take', async () => {
    const one = await sent(({ id }) => (id === 'r1' ? refusal(500) : CASE))
    await one.ask({ ask: 'send', owner: 'a' })
    await one.settled()
    expect(one.states()).toEqual({ r1: 'waiting', r2: 'sent', r3: 'sent' })
  })

  test('whose seal cannot be opened: it is said, and whoever has seen it takes it away', async () => {
    const one = await sent(() => CASE)
    const sealed = { iv: new Uint8Array(12), bytes: new ArrayBuffer(40) }
    one.stores.get('reports')?.set('r1', { ...one.reports()[0], sealed })
    await one.ask({ ask: 'send', owner: 'a' })
    await one.settled()
    expect(one.states()).toEqual({ r1: 'unreadable', r2: 'sent', r3: 'sent' })
    await one.ask({ ask: 'remove', id: 'r1', owner: 'a' })
    expect(one.states()).toEqual({ r2: 'sent', r3: 'sent' })
  })

  test('nor is each tried where no door answers at all', async () => {
    const one = await sent(() => null)
    await one.ask({ ask: 'send', owner: 'a' })
    await one.settled()
    expect(one.asked.map(({ id }) => id)).toEqual(['r1'])
  })
})

describe('a background sync', () => {
  test('fails while one’s own reports wait, so that the browser tries it again', async () => {
    const one = device(() => null)
    await one.about()
    await one.keep('r')
    await one.settled()
    await expect(one.sync()).rejects.toThrow()
  })

  test('is done when all went, though another person’s waits', async () => {
    const one = device(() => CASE)
    await one.about()
    await one.keep('r')
    await one.keep('other', 'other', 'b')
    await expect(one.sync()).resolves.toBeUndefined()
    expect(one.states()).toEqual({ other: 'waiting', r: 'sent' })
  })

  test('sends what was kept while another was on its way', async () => {
    const { line, go } = slow(CASE)
    const one = device(line)
    await one.about()
    await one.keep('r1')
    await one.keep('r2')
    const done = one.sync()
    go()
    await done
    expect(one.states()).toEqual({ r1: 'sent', r2: 'sent' })
  })
})

describe('what is kept answers at once', () => {
  test('or fails, where the disk has no room', async () => {
    const one = device(() => CASE)
    await one.about()
    const reports = one.stores.get('reports') as Map<string, Stored>
    reports.set = () => {
      throw new Error('QuotaExceededError')
    }
    await expect(one.keep('r')).rejects.toThrow('QuotaExceededError')
  })

  test('on a network that does not answer, whoever asks is told what waits', async () => {
    const { line, go } = slow(CASE)
    const one = device(line)
    await one.about({ pages: ['/my'] })
    await one.keep('r')
    expect(await one.ask({ ask: 'send', owner: 'a' })).toMatchObject([{ id: 'r', state: 'waiting' }])
    go()
    await one.settled()
  })
})

describe('two reports under one name', () => {
  const details = async (one: ReturnType<typeof device>) =>
    (await Promise.all(one.reports().map(({ sealed }) => one.words(sealed)))).map(String).sort()

  test('with other words are two, even kept at once', async () => {
    const one = device(() => null)
    await one.about()
    await Promise.all([one.keep('r', 'first'), one.keep('r', 'second')])
    expect(await details(one)).toEqual(['details,first', 'details,second'])
    expect(new Set(one.reports().map(({ id }) => id)).size).toBe(2)
  })

  test('with other words, the first on its way, are both sent under a name of their own', async () => {
    const { line, go } = slow(CASE)
    const one = device(line)
    await one.about()
    await one.keep('r', 'first')
    await one.keep('r', 'second')
    go()
    await one.settled()
    expect(Object.values(one.states())).toEqual(['sent', 'sent'])
    expect(new Set(one.asked.map(({ id }) => id)).size).toBe(2)
  })

  test('with the same words are one, which goes again where it was refused', async () => {
    let answer = refusal(422, 'kept.refused.too_old')
    const one = device(() => answer)
    await one.about()
    await one.keep('r')
    await one.settled()
    answer = CASE
    await one.keep('r')
    await one.settled()
    expect(one.states()).toEqual({ r: 'sent' })
  })

  test('with other words, kept again for want of an answer, are still two', async () => {
    const one = device(() => null)
    await one.about()
    for (const words of ['first', 'second', 'second']) await one.keep('r', words)
    expect(await details(one)).toEqual(['details,first', 'details,second'])
    const [, other] = one.reports()
    expect(other?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('of which one went already: the service judges the other by that name', async () => {
    const one = device(() => CASE)
    await one.about()
    await one.keep('r', 'first')
    await one.settled()
    await one.keep('r', 'second')
    await one.settled()
    expect(one.asked.map(({ id }) => id)).toEqual(['r', 'r'])
  })
})

describe('whoever reads', () => {
  const ticket = (said: string) => ({ second: { address: SECOND, ticket: said } })
  const told = ({ url }: Asked) => (url === DOOR ? null : CASE)

  test('by a tab that stood open changes neither the person nor a fresher ticket', async () => {
    const one = device(told)
    await one.about({ ...ticket('old') })
    await one.about({ ...ticket('fresh') })
    await one.about({ ...ticket('old'), again: true })
    await one.about({ owner: 'b', ...ticket('of another'), again: true })
    await one.keep('r')
    await one.settled()
    expect(one.asked.map(({ authorization }) => authorization)).toEqual([undefined, 'Ticket fresh'])
  })

  test('by such a tab is known all the same where nobody was', async () => {
    const one = device(told)
    await one.about({ ...ticket('old'), again: true })
    await one.keep('r')
    await one.settled()
    expect(one.states()).toEqual({ r: 'sent' })
  })

  test('on a device said to be shared, by whichever tab, keeps no page', async () => {
    const one = device(() => page('cases of a'))
    await one.about({ pages: ['/my'] })
    await one.settled()
    expect(one.pages()).toHaveLength(1)
    await one.about({ shared: true, again: true })
    await one.settled()
    expect(one.pages()).toEqual([])
  })
})

describe('a page', () => {
  test('is opened again, though the first two were sealed at once', async () => {
    let cut = false
    const one = device(({ url }) => (cut ? null : page(url)))
    await one.about({ pages: ['/my', '/cases/new'] })
    await one.settled()
    cut = true
    for (const path of ['/my', '/cases/new']) expect(await (await one.open(path)).text()).toContain(path)
  })

  test('that cannot be opened is answered as if there were none', async () => {
    const one = device(() => null)
    await one.about()
    const sealed = { iv: new Uint8Array(12), bytes: new ArrayBuffer(40) }
    one.stores.get('pages')?.set('/my', { path: '/my', owner: 'a', build: '1', headers: [], sealed })
    expect((await one.open('/my')).status).toBe(503)
  })

  test.each([
    ['asked for by the worker', (one: ReturnType<typeof device>) => one.about({ pages: ['/my'] })],
    ['asked for by its reader', (one: ReturnType<typeof device>) => one.open('/my')],
  ])('%s, still coming when he signs out, is not kept', async (_, asks) => {
    const { line, go } = slow(page('cases of a'))
    const one = device(line)
    await one.about()
    const asking = asks(one)
    // On its way before anybody leaves.
    await expect.poll(() => one.asked.length).toBe(1)
    await one.about({ owner: null })
    await one.about({ owner: 'b' })
    go()
    await asking
    await one.settled()
    expect(one.pages()).toEqual([])
  })

  test('of another person is never shown', async () => {
    let cut = false
    const one = device(() => (cut ? null : page('cases of a')))
    await one.about({ pages: ['/my'] })
    await one.settled()
    const kept = one.pages()[0] as Stored
    await one.about({ owner: 'b' })
    one.stores.get('pages')?.set('/my', kept)
    cut = true
    expect(await (await one.open('/my')).text()).not.toContain('cases of a')
    await one.about()
    one.stores.get('pages')?.set('/my', kept)
    expect(await (await one.open('/my')).text()).toContain('cases of a')
  })

  test('that a relay answers in its place is not kept', async () => {
    const one = device(() => [200, '<html>Blocked by policy</html>'])
    await one.about({ pages: ['/my'] })
    await one.open('/my')
    await one.settled()
    expect(one.pages()).toEqual([])
  })
})
