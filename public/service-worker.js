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
self.addEventListener('sync', (event) => event.tag === 'reports' && event.waitUntil(sendAll()))
self.addEventListener('message', (event) => {
  const { ask, ...what } = event.data ?? {}
  if (!Object.hasOwn(ANSWERS, ask)) return
  event.waitUntil(
    ANSWERS[ask](what).then(
      (value) => event.ports[0]?.postMessage({ value }),
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

const ANSWERS = {
  /** The page says who reads it, and what it wants to find again without a network. */
  about: async (me) => {
    const before = await read('state', 'me')
    await write('state', { ...me, build: BUILD }, 'me')
    if (me.shared || before?.owner !== me.owner) await clear('pages')
    if (!me.shared && me.owner)
      await Promise.all(me.pages.map((page) => keepUnlessKept(page).catch(() => undefined)))
    await sendAll()
    return waiting()
  },
  keep: async ({ id, owner, writtenAt, entries }) => {
    await write('reports', { id, owner, writtenAt, sealed: await seal(entries), state: 'waiting' })
    // Whoever pressed is told that it is kept before any of this: a browser may take its time to promise a sync, and the second
    // address may answer where the first did not.
    void self.registration.sync?.register('reports').catch(() => undefined)
    void sendAll().catch(() => undefined)
    await tellPages()
    return waiting()
  },
  waiting: () => waiting(),
  /** One that was refused goes again when it is asked for by name. */
  send: async ({ id, owner }) => {
    const report = id && (await read('reports', id))
    if (report?.owner === owner && report.state === 'refused')
      await write('reports', { ...report, state: 'waiting' })
    await sendAll()
    return waiting()
  },
  /** All of a report, for a file or a sheet: to whoever wrote it. */
  open: async ({ id, owner }) => {
    const report = await read('reports', id)
    if (report?.owner !== owner || !report.sealed) return null
    return { id, owner, writtenAt: report.writtenAt, entries: await unseal(report.sealed) }
  },
  /** Seen that it went. */
  remove: async ({ id, owner }) => {
    const report = await read('reports', id)
    if (report?.owner === owner && report.state === 'sent') await remove('reports', id)
    return waiting()
  },
}

/** What waits on this device, without a word of it. */
async function waiting() {
  return (await all('reports')).map(({ sealed, ...told }) => told)
}

const GOES = new Set(['waiting', 'signed_out'])
let sending = null
function sendAll() {
  sending ??= sendEach().finally(() => {
    sending = null
  })
  return sending
}

async function sendEach() {
  const me = await read('state', 'me')
  let moved = false
  for (const report of await all('reports')) {
    if (!GOES.has(report.state) || report.owner !== me?.owner) continue
    const next = await sendOne(report, me).catch(() => null)
    if (!next) break
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

/** What became of it; nothing when no way is open. */
async function sendOne(report, me) {
  const { id, owner, writtenAt } = report
  const body = JSON.stringify({ id, owner, writtenAt, entries: await unseal(report.sealed) })
  for (const [door, headers] of doorsOf(me)) {
    const answer = await fetch(door, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) continue
    if (answer.status === 401) return { state: 'signed_out' }
    const told = await answer.json().catch(() => ({}))
    if (answer.ok) return { state: 'sent', reference: told.reference, sealed: null }
    return { state: 'refused', why: String(told.message ?? answer.status) }
  }
  return null
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
  const kept = keeps ? await read('pages', path).catch(() => null) : null
  try {
    const answer = await (kept ? soon(fetch(event.request)) : fetch(event.request))
    if (AWAY.has(answer.status)) throw new Error(String(answer.status))
    if (keeps && answer.ok && !answer.redirected) {
      const copy = answer.clone()
      event.waitUntil(keepPage(path, copy).catch(() => undefined))
    }
    return answer
  } catch {
    return kept ? drawn(kept) : away()
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
    const me = await read('state', 'me')
    const id = form.get('submissionId')
    // A button that asks the form for more, or the device of several: nothing is kept.
    if (!id || form.has('do') || !me?.owner || me.shared) return away()
    const entries = [...form].filter(([name, value]) => typeof value === 'string' && !name.startsWith('$'))
    await ANSWERS.keep({ id, owner: me.owner, writtenAt: new Date().toISOString(), entries })
    return Response.redirect(me.pages.find((page) => page !== REPORT_PAGE) ?? REPORT_PAGE, 303)
  }
}

function soon(answer) {
  return Promise.race([
    answer,
    new Promise((_, give) => setTimeout(() => give(new Error('slow')), PATIENCE_MS)),
  ])
}

async function keepUnlessKept(path) {
  const kept = await read('pages', path)
  if (kept?.build === BUILD) return
  const answer = await fetch(path, { headers: { 'x-kept': '1' } })
  // The report's page names itself in its address: it is led to.
  if (answer.ok && new URL(answer.url).pathname === path) await keepPage(path, answer)
}

async function keepPage(path, answer) {
  const me = await read('state', 'me')
  if (!me?.owner || me.shared) return
  const html = await answer.text()
  const cache = await caches.open(`files-${BUILD}`)
  const files = new Set(html.match(/static\/(?:chunks|css|media)\/[\w.~/-]+\.(?:js|css|woff2)/g))
  await Promise.all(
    [...files].map(async (file) => (await cache.match(`/_next/${file}`)) ?? cache.add(`/_next/${file}`)),
  )
  const headers = ['content-type', 'content-security-policy'].map((name) => [
    name,
    answer.headers.get(name) ?? '',
  ])
  await write('pages', {
    path,
    build: BUILD,
    at: new Date().toISOString(),
    headers,
    sealed: await seal(html),
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

async function fileOf(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
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
  await write('state', made, 'key')
  return made
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
function remove(store, id) {
  return inStore(store, 'readwrite', (within) => within.delete(id))
}
function clear(store) {
  return inStore(store, 'readwrite', (within) => within.clear())
}
