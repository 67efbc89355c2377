import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packBuilt, packed } from './packed.ts'

const dir = mkdtempSync(join(tmpdir(), 'packed-'))
mkdirSync(join(dir, 'static', 'chunks'), { recursive: true })
const script = 'const emergency = 15;'.repeat(200)
writeFileSync(join(dir, 'static', 'chunks', '0a_b-c~1.js'), script)
writeFileSync(join(dir, 'static', 'chunks', 'font.woff2'), 'font')
writeFileSync(join(dir, 'secret.js.br'), 'secret')

const server = createServer(packed(dir, (_, response) => response.writeHead(404).end('next')))
let base = ''
beforeAll(async () => {
  await packBuilt(dir)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const ask = (path: string, encoding: string, method = 'GET') =>
  fetch(base + path, { method, headers: { 'accept-encoding': encoding } })

test('what was built is read packed, and says the same', async () => {
  const answer = await ask('/_next/static/chunks/0a_b-c~1.js?v=1', 'gzip, deflate, br')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(script.length / 10)
  expect(await answer.text()).toBe(script)
})

test.each([
  ['who cannot read it', '/_next/static/chunks/0a_b-c~1.js', 'gzip', 'GET'],
  ['a font, which is packed already', '/_next/static/chunks/font.woff2', 'br', 'GET'],
  ['what was never built', '/_next/static/chunks/other.js', 'br', 'GET'],
  ['a page', '/cases/new', 'br', 'GET'],
  ['a way up', '/_next/static/..%2fsecret.js', 'br', 'GET'],
  ['a form', '/_next/static/chunks/0a_b-c~1.js', 'br', 'POST'],
])('%s is left to the framework', async (_, path, encoding, method) => {
  expect(await (await ask(path, encoding, method)).text()).toBe('next')
})

const openOf = (name: string): boolean =>
  readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).endsWith(name)
    } catch {
      // Closed between the listing and the look.
      return false
    }
  })

// Open descriptors can be listed on Linux only.
test.skipIf(process.platform !== 'linux')(
  'a browser that leaves in the middle keeps no file open',
  async () => {
    // More than a socket holds.
    writeFileSync(join(dir, 'static', 'chunks', 'large.js.br'), Buffer.alloc(32 * 1024 * 1024))
    const headers = { 'accept-encoding': 'br' }
    await new Promise<void>((left, failed) => {
      get(`${base}/_next/static/chunks/large.js`, { headers }, (answer) => {
        answer.once('data', () => {
          expect(openOf('large.js.br')).toBe(true)
          answer.destroy()
          left()
        })
      }).on('error', failed)
    })
    await expect.poll(() => openOf('large.js.br')).toBe(false)
  },
)
