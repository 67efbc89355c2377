// One worker for this site: what is pushed is shown (push-worker.js); the report and one's cases open without a network;
// a report that did not get through is kept on the device and goes by itself, once, when any way is back.
importScripts('/push-worker.js')

const BUILD = new URL(self.location).searchParams.get('build') ?? ''
/** Opened without a network, as last read. Nothing else of what a person reads is kept. */
const KEPT_PAGES = /^\/(my|cases|cases\/new)$/
const REPORT_PAGE = '/cases/new'
/** A page that is kept waits this long for the network; one that is not waits as it always did. */
const PATIENCE_MS = 10_000
/** Answers of a relay whose server is away. */
const AWAY = new Set([502, 504])
const OWN_DOOR = '/api/kept-reports'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('sync', (event) => event.tag === 'reports' && event.waitUntil(sendInBackground()))
self.addEventListener('message', (event) => {
  const { ask, ...what } = event.data ?? {}
  if (!Object.hasOwn(ANSWERS, ask)) return
  event.waitUntil(
    ANSWERS[ask](what).then(
      (value) => {
        event.ports[0]?.postMessage({ value })
        // Whoever asked is answered before any of this: a network may take its time.
        return Promise.all([ask === 'about' && keepPages(), SENDS.has(ask) && sendAll()])
      },
      (error) => event.ports[0]?.postMessage({ error: String(error) }),
    ),
  )
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  // Sent before the scripts of the page came: the browser posts it itself.
  if (request.method === 'POST' && request.mode === 'navigate' && url.pathname === REPORT_PAGE)
    event.respondWith(postOf(event))
  if (request.method !== 'GET') return
  if (url.pathname.startsWith('/_next/static/')) event.respondWith(fileOf(request))
  else if (request.mode === 'navigate') event.respondWith(pageOf(event, url))
})

const SENDS = new Set(['about', 'keep', 'send'])
const ANSWERS = {
  /**
   * The page says who reads it, and what it wants to find again without a network. `again`: it has said so before, or was drawn
   * from what is kept: somebody else may have come since, with a ticket of his own. That the device is shared is true at once.
   */
  about: async ({ again, ...said }) => {
    const before = await read('state', 'me')
    const me = again && before ? { ...before, shared: said.shared } : said
    await write('state', me, 'me')
    if (me.shared || before?.owner !== me.owner) await clear('pages')
    return waiting()
  },
  keep: async ({ id, owner, writtenAt, entries }) => {
    const report = { id, owner, writtenAt, sealed: await seal(entries), state: 'waiting' }
    await keepReport(report, entries)
    // A browser may take its time to promise a sync.
    void self.registration.sync?.register('reports').catch(() => undefined)
    await tellPages()
    return waiting()
  },
  /** One that was refused goes again when it is asked for by name. */
  send: async ({ id, owner }) => {
    const report = id && (await read('reports', id))
    if (report?.owner === owner && report.state === 'refused') await write('reports', waitingAgain(report))
    return waiting()
  },
  /** All of a report, for a file or a sheet: to whoever wrote it. */
  open: async ({ id, owner }) => {
    const report = await read('reports', id)
    if (report?.owner !== owner || !report.sealed) return null
    return { id, owner, writtenAt: report.writtenAt, entries: await unseal(report.sealed) }
  },
  /** Seen that it went, or that nobody can read it any more. */
  remove: async ({ id, owner }) => {
    const report = await read('reports', id)
    if (report?.owner === owner && /^(sent|unreadable)$/.test(report.state)) await remove('reports', id)
    return waiting()
  },
}

function waitingAgain(report) {
  return { ...report, state: 'waiting', why: undefined }
}

/**
 * One of that name may be here already, of a second tab with the same address. The same words are the same report; other words are
 * one more. What went, or cannot be read, gives way: the service knows whether it had it.
 */
async function keepReport(report, entries) {
  const refused = await add('reports', report).then(
    () => null,
    (error) => error,
  )
  if (!refused) return
  const there = await read('reports', report.id)
  // For want of room, then: whoever pressed is told that nothing is kept.
  if (!there) throw refused
  const words = await unseal(there.sealed).catch(() => null)
  if (!words) await write('reports', report)
  else if (there.owner !== report.owner || JSON.stringify(words) !== JSON.stringify(entries))
    await keepReport({ ...report, id: await otherName(report.id, entries) }, entries)
  else if (there.state === 'refused') await write('reports', waitingAgain(there))
}

/** Made of its words: however often they are kept, they are one report. */
async function otherName(id, entries) {
  const words = new TextEncoder().encode(JSON.stringify([id, entries]))
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', words))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-8$3-a$4-$5')
}

/** What waits on this device, without a word of it. */
async function waiting() {
  return (await all('reports')).map(({ sealed, ...told }) => told)
}

const GOES = new Set(['waiting', 'signed_out', 'unreadable'])
let sending = null
let asked = false
/** What was kept or asked for while it runs goes in the same run. */
function sendAll() {
  asked = true
  sending ??= (async () => {
    while (asked) {
      asked = false
      await sendEach()
    }
  })().finally(() => {
    sending = null
  })
  return sending
}

/** The browser tries a sync that failed again: this one has, as long as one's own reports wait. */
async function sendInBackground() {
  await sendAll()
  const me = await read('state', 'me')
  if ((await all('reports')).some(({ state, owner }) => state === 'waiting' && owner === me?.owner))
    throw new Error('reports wait')
}

async function sendEach() {
  const me = await read('state', 'me')
  let moved = false
  for (const report of await all('reports')) {
    if (!GOES.has(report.state) || report.owner !== me?.owner) continue
    const next = await sendOne(report, me)
    // No door answered: none will for the next one.
    if (!next) break
    if ((next.state ?? report.state) === report.state) continue
    await write('reports', { ...report, ...next })
    moved = true
  }
  if (moved) await tellPages()
}

/** Each open page of the site shows what waits as soon as it changes. */
async function tellPages() {
  const reports = await waiting()
  for (const page of await self.clients.matchAll()) page.postMessage({ reports })
}

/** What became of it: `{}` where it waits on, nothing when no door answered at all. */
async function sendOne({ id, owner, writtenAt, sealed }, me) {
  const entries = await unseal(sealed).catch(() => null)
  if (!entries) return { state: 'unreadable' }
  const body = JSON.stringify({ id, owner, writtenAt, entries })
  let heard = null
  for (const [door, headers] of doorsOf(me)) {
    const answer = await fetch(door, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null)
    if (!answer) continue
    heard = {}
    // A relay or a page of maintenance answers in our place, with any status: a door of ours names the case, or says the status.
    const told = await answer.json().catch(() => null)
    if (answer.ok && told?.reference) return { state: 'sent', reference: told.reference, sealed: null }
    const refused = answer.status < 500 && answer.status !== 429 && told?.code === String(answer.status)
    if (!refused) continue
    if (answer.status === 401) return { state: 'signed_out' }
    // Another person is signed in, or in another world: it waits for its own.
    if (told.key === 'kept.refused.world') return {}
    return { state: 'refused', why: String(told.message ?? answer.status) }
  }
  return heard
}

function doorsOf(me) {
  const { address, ticket } = me.second ?? {}
  const second = address ? [[`${address}${OWN_DOOR}`, { authorization: `Ticket ${ticket}` }]] : []
  return [[OWN_DOOR, {}], ...second]
}

async function pageOf(event, url) {
  const path = url.pathname
  // A list as somebody narrowed it is not the list.
  const keeps = KEPT_PAGES.test(path) && (url.search === '' || path === REPORT_PAGE)
  // Whose page it is, is whoever read when it was asked for.
  const [reader, found] = keeps ? await Promise.all([readerHere(), read('pages', path)]).catch(() => []) : []
  const kept = reader && found?.owner === reader.owner ? found : null
  try {
    const answer = await (kept ? soon(fetch(event.request)) : fetch(event.request))
    if (AWAY.has(answer.status)) throw new Error(String(answer.status))
    if (keeps && answer.ok && !answer.redirected) {
      const copy = answer.clone()
      event.waitUntil(keepPage(path, copy, reader).catch(() => undefined))
    }
    return answer
  } catch {
    // One that cannot be opened is none.
    return (kept && (await drawn(kept).catch(() => null))) || away()
  }
}

/** As `keepReport` of the page does it; whoever sent it reads on the list that it waits. */
async function postOf(event) {
  // Read before it travels: a body whose sending failed may not be read any more.
  const form = await event.request
    .clone()
    .formData()
    .catch(() => new FormData())
  try {
    const answer = await soon(fetch(event.request))
    if (AWAY.has(answer.status)) throw new Error(String(answer.status))
    return answer
  } catch {
    const me = await readerHere()
    const id = form.get('submissionId')
    // A button that asks the form for more, or the device of several: nothing is kept.
    if (!id || form.has('do') || !me) return away()
    const entries = [...form].filter(([name, value]) => typeof value === 'string' && !name.startsWith('$'))
    await ANSWERS.keep({ id, owner: me.owner, writtenAt: new Date().toISOString(), entries })
    event.waitUntil(sendAll())
    return Response.redirect(me.pages.find((page) => page !== REPORT_PAGE) ?? REPORT_PAGE, 303)
  }
}

function soon(answer) {
  return Promise.race([
    answer,
    new Promise((_, give) => setTimeout(() => give(new Error('slow')), PATIENCE_MS)),
  ])
}

/** Who reads on this device, where something may be kept for him; null for nobody, and where several do. */
async function readerHere() {
  const me = await read('state', 'me')
  return me?.owner && !me.shared ? me : null
}

async function keepPages() {
  const reader = await readerHere()
  await Promise.all((reader?.pages ?? []).map((page) => keepUnlessKept(page, reader).catch(() => undefined)))
}

async function keepUnlessKept(path, reader) {
  const kept = await read('pages', path)
  if (kept?.build === BUILD && kept.owner === reader.owner) return
  const answer = await fetch(path, { headers: { 'x-kept': '1' } })
  // The report's page names itself in its address: it is led to.
  if (answer.ok && new URL(answer.url).pathname === path) await keepPage(path, answer, reader)
}

async function keepPage(path, answer, reader) {
  if (!reader) return
  const html = await answer.text()
  const cache = await caches.open(`files-${BUILD}`)
  const files = [...new Set(html.match(/static\/(?:chunks|css|media)\/[\w.~/-]+\.(?:js|css|woff2)/g))]
  // A page of ours has files; one that a relay answers in its place has none of them.
  if (files.length === 0) return
  await Promise.all(
    files.map(async (file) => {
      const address = `/_next/${file}`
      if (await cache.match(address)) return
      const found = await fetch(address)
      if (!isFile(found)) throw new Error(address)
      await cache.put(address, found)
    }),
  )
  const headers = ['content-type', 'content-security-policy'].map((name) => [
    name,
    answer.headers.get(name) ?? '',
  ])
  const sealed = await seal(html)
  // He may have left while it came: what was his is not kept for the next.
  if ((await readerHere())?.owner !== reader.owner) return
  await write('pages', {
    path,
    owner: reader.owner,
    build: BUILD,
    at: new Date().toISOString(),
    headers,
    sealed,
  })
  const builds = new Set([BUILD, ...(await all('pages')).map(({ build }) => build)])
  for (const name of await caches.keys())
    if (!builds.has(name.slice('files-'.length))) await caches.delete(name)
}

async function drawn({ at, headers, sealed }) {
  const clear = await unseal(sealed)
  // The one that was read may have been sent long ago.
  const [, id] = clear.match(/name="submissionId"[^>]* value="([^"]+)"/) ?? []
  const html = id ? clear.replaceAll(id, crypto.randomUUID()) : clear
  return new Response(html.replace('<html ', `<html data-kept="${at}" `), { headers })
}

/** No file of ours is a page: a relay answered in its place. */
function isFile(answer) {
  return answer.ok && !/html/.test(answer.headers.get('content-type') ?? '')
}

async function fileOf(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (isFile(answer)) {
    const copy = answer.clone()
    void caches.open(`files-${BUILD}`).then(
      (cache) => cache.put(request, copy),
      () => undefined,
    )
  }
  return answer
}

/** Any other address: the number to call, and the way to what is kept. */
async function away() {
  const me = await read('state', 'me').catch(() => null)
  const words = me?.away ?? { title: 'Permanence', text: '', links: [] }
  const safe = (text) => String(text).replace(/[<>&"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
  const links = words.links
    .map(([href, label]) => `<p><a href="${safe(href)}">${safe(label)}</a></p>`)
    .join('')
  return new Response(
    `<!doctype html><html lang="${safe(me?.locale ?? 'fr')}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${safe(words.title)}</title><main style="font:1.1rem/1.5 system-ui;max-width:36rem;margin:2rem auto;padding:0 1rem"><h1>${safe(words.title)}</h1><p>${safe(words.text)}</p>${links}</main></html>`,
    {
      status: 503,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      },
    },
  )
}

// What is at rest on the device is sealed by a key that no page can read out.
async function key() {
  const kept = await read('state', 'key')
  if (kept) return kept
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  // Two may seal for the first time at once, here or in the worker of the next build: the first key is everybody's.
  await add('state', made, 'key').catch(() => undefined)
  return read('state', 'key')
}

async function seal(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), bytes) }
}

async function unseal({ iv, bytes }) {
  const clear = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await key(), bytes)
  return JSON.parse(new TextDecoder().decode(clear))
}

// IndexedDB; a report that is said to be kept is on the disk.
let opening = null
function database() {
  opening ??= new Promise((resolve, reject) => {
    const open = indexedDB.open('permanence', 1)
    open.onupgradeneeded = () => {
      open.result.createObjectStore('state')
      open.result.createObjectStore('pages', { keyPath: 'path' })
      open.result.createObjectStore('reports', { keyPath: 'id' })
    }
    open.onsuccess = () => resolve(open.result)
    open.onerror = () => reject(open.error)
  })
  // A disk that was full for a moment is asked anew.
  opening.catch(() => {
    opening = null
  })
  return opening
}

async function inStore(name, mode, work) {
  const transaction = (await database()).transaction(name, mode, {
    durability: name === 'reports' ? 'strict' : 'relaxed',
  })
  const request = work(transaction.objectStore(name))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

function read(store, id) {
  return inStore(store, 'readonly', (within) => within.get(id))
}
function all(store) {
  return inStore(store, 'readonly', (within) => within.getAll())
}
function write(store, value, id) {
  return inStore(store, 'readwrite', (within) => within.put(value, id))
}
/** As a write, but never over what is there. */
function add(store, value, id) {
  return inStore(store, 'readwrite', (within) => within.add(value, id))
}
function remove(store, id) {
  return inStore(store, 'readwrite', (within) => within.delete(id))
}
function clear(store) {
  return inStore(store, 'readwrite', (within) => within.clear())
}
