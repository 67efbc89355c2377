import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sealSession, sessionCookieName } from '#app/_auth/cookie.ts'
import { formLimit } from './body-limits.ts'
import { guarded } from './gate.ts'

vi.stubEnv('AUTH_SECRET', 'a secret of this test alone')

/** What came through to the framework. */
const through: { url: string; headers: IncomingMessage['headers']; body: string }[] = []
let server: Server
let cookie = ''

beforeAll(async () => {
  cookie = `${sessionCookieName()}=${await sealSession('00000000-0000-4000-8000-000000000000')}`
  server = createServer(
    guarded(async (asked, response) => {
      let body = ''
      for await (const chunk of asked) body += chunk
      through.push({ url: asked.url ?? '', headers: asked.headers, body })
      response.end('through')
    }),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
})
afterAll(() => server.close())

type Said = { status: number; text: string; headers: IncomingMessage['headers'] }

/** As anybody can write it on the wire; a body in several pieces says nothing of its size. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  ...pieces: (string | Buffer)[]
): Promise<Said> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    const method = pieces.length > 0 ? 'POST' : 'GET'
    const asked = request({ port, host: '127.0.0.1', path, method, headers }, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers })
    })
    asked.on('error', reject)
    if (pieces.length === 1) asked.end(pieces[0])
    else {
      for (const piece of pieces) asked.write(piece)
      asked.end()
    }
  })
}

const TYPE = 'multipart/form-data; boundary=x'
const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const form = (...parts: string[]) => `${parts.join('')}--x--\r\n`
const ANONYMOUS = formLimit('/', false).bytes

describe('what stands before the framework', () => {
  test('lets a form through whole, with its heads', async () => {
    const body = form(part('words', 'Plus rien à 16 h'), part('numbers[]', '15'))
    expect((await ask('/sign-in?next=/my', { 'content-type': TYPE, 'x-own': 'a' }, body)).text).toBe(
      'through',
    )
    expect(through.at(-1)).toMatchObject({
      url: '/sign-in?next=/my',
      body,
      headers: { 'x-own': 'a', 'content-type': TYPE },
    })
    await ask('/sign-in', { 'content-type': TYPE }, body.slice(0, 30), body.slice(30))
    expect(through.at(-1)?.body).toBe(body)
  })

  test.each<[string, string, Record<string, string>, (string | Buffer)[], number]>([
    ['an escape that is none', '/cases/%e', {}, [], 400],
    ['a NUL in a path', '/cases/2026%00', {}, [], 400],
    ['a byte that is no letter', '/tmf-api/troubleTicket/v4/troubleTicket/%ff', {}, [], 400],
    [
      'a form that says how large it is',
      '/sign-in',
      { 'content-type': TYPE },
      ['a'.repeat(ANONYMOUS + 1)],
      413,
    ],
    ['a form that does not', '/sign-in', { 'content-type': TYPE }, ['a'.repeat(ANONYMOUS), 'b', 'c'], 413],
    ['a form cut off', '/sign-in', { 'content-type': TYPE }, [form(part('a', 'b')).slice(0, -5)], 400],
    [
      'three hundred fields and one, of nobody',
      '/sign-in',
      { 'content-type': TYPE },
      [form(part('a', '').repeat(301))],
      413,
    ],
    [
      'a cookie that we did not seal',
      '/my',
      { 'content-type': TYPE, cookie: 'next-auth.session-token=x' },
      ['a'.repeat(ANONYMOUS + 1)],
      413,
    ],
    [
      'a form of another site',
      '/my',
      { 'content-type': TYPE, origin: 'https://other.example' },
      [form(part('a', 'b'))],
      403,
    ],
    ['a form of no site', '/my', { 'content-type': TYPE, origin: 'null' }, [form(part('a', 'b'))], 403],
    ['an origin nobody can read', '/my', { 'content-type': TYPE, origin: 'x' }, [form(part('a', 'b'))], 403],
  ])('refuses in words: %s', async (_, path, headers, pieces, status) => {
    const [count, said] = [through.length, await ask(path, headers, ...pieces)]
    expect(said.status).toBe(status)
    expect(said.text).toMatch(/[a-zé]{4,} [a-zé]{2,}/)
    expect(said.headers['content-security-policy']).toContain("default-src 'none'")
    expect(through.length).toBe(count)
  })

  test('answers whoever asks in the language asked for, a machine in JSON, a script with one word', async () => {
    expect((await ask('/%ff', { 'accept-language': 'en-GB,fr;q=0.5' })).text).toContain(
      'This address cannot be read',
    )
    expect((await ask('/%ff')).text).toContain('lang="fr"')
    expect(JSON.parse((await ask('/tmf-api/%ff')).text)).toMatchObject({
      code: '400',
      message: expect.any(String),
    })
    const scripted = await ask('/sign-in', { 'next-action': 'x' }, 'a'.repeat(ANONYMOUS + 1))
    expect([scripted.text, scripted.headers['content-type']]).toEqual(['413', 'text/plain'])
  })

  test('takes more from who has signed in, and a file where files are sent', async () => {
    const large = form(part('words', 'a'.repeat(ANONYMOUS)))
    const huge = form(part('text', 'a'.repeat(formLimit('/my', true).bytes)))
    expect((await ask('/my', { 'content-type': TYPE, cookie }, large)).status).toBe(200)
    expect((await ask('/my', { 'content-type': TYPE, cookie }, huge)).status).toBe(413)
    expect((await ask('/admin/import', { 'content-type': TYPE, cookie }, huge)).status).toBe(200)
    expect((await ask('/admin/import', { 'content-type': TYPE }, huge)).status).toBe(413)
  })

  test('leaves the bodies of machines to their door, which asks who they are first', async () => {
    const [json, path] = ['{"a":1}', '/tmf-api/troubleTicket/v4/troubleTicket']
    expect((await ask(path, { 'content-type': 'application/json' }, json)).text).toBe('through')
    expect(through.at(-1)?.body).toBe(json)
  })

  test('cleans what an address asks', async () => {
    await ask('/cases?q=no%00rd')
    expect(through.at(-1)?.url).toBe('/cases?q=nord')
  })

  test('says https for ever only in the word of the proxy in front', async () => {
    const said = async () =>
      (await ask('/', { 'x-forwarded-proto': 'https' })).headers['strict-transport-security']
    expect(await said()).toBeUndefined()
    vi.stubEnv('TRUST_PROXY', '1')
    expect(await said()).toContain('max-age=')
    vi.stubEnv('TRUST_PROXY', '')
  })

  test('who leaves half way leaves nothing behind', async () => {
    const count = through.length
    const { port } = server.address() as AddressInfo
    const asked = request({
      port,
      host: '127.0.0.1',
      path: '/sign-in',
      method: 'POST',
      headers: { 'content-length': '1000' },
    })
    asked.on('error', () => {})
    await new Promise((sent) => asked.write('a', sent))
    const left = new Promise((closed) => asked.once('close', closed))
    asked.destroy()
    await left
    expect((await ask('/')).text).toBe('through')
    expect(through.length).toBe(count + 1)
  })
})
