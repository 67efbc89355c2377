import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Letter, postOutward, postTo } from './outward.ts'

describe('on the way out', () => {
  let asks = 0
  let answer: RequestListener = (_, response) => response.end()
  const server = createServer((request, response) => {
    asks += 1
    answer(request, response)
  })
  let url = ''
  const letter = (signal = AbortSignal.timeout(10_000)): Letter => ({
    ...{ url, headers: { 'content-type': 'application/json' }, body: '{}', signal },
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://tools.example.org:${(server.address() as AddressInfo).port}/loops`
  })
  beforeEach(() => {
    asks = 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test.each([
    ['this machine', ['127.0.0.1']],
    ['its network', ['10.0.0.8']],
    ['the machine of a cloud that knows secrets', ['169.254.169.254']],
    ['a public and a private one', ['93.184.215.14', '::1']],
    ['nothing', []],
  ])('a name that means %s is not called', async (_, addresses) => {
    await expect(postOutward(letter(), async () => addresses)).rejects.toThrow('not a public address')
    expect(asks).toBe(0)
  })

  test('a name is asked once, and the address it had is the one that is called', async () => {
    const names = vi.fn(async () => ['93.184.215.14'])
    const called: string[] = []
    await postOutward(letter(), names, async (_, address) => called.push(address))
    expect([names.mock.calls, called]).toEqual([[['tools.example.org']], ['93.184.215.14']])
    // The real one goes there whatever the name means: none of this name is known to anybody.
    let host: string | undefined
    answer = (request, response) => {
      host = request.headers.host
      response.writeHead(201).end()
    }
    expect(await postTo(letter(), '127.0.0.1')).toBe(201)
    expect(host).toBe(new URL(url).host)
  })

  test.each(['http://127.0.0.1:1/', '/loops'])(
    'a redirection to %s is an answer and not a way',
    async (location) => {
      answer = (_, response) => response.writeHead(307, { location }).end()
      expect(await postTo(letter(), '127.0.0.1')).toBe(307)
      expect(asks).toBe(1)
    },
  )

  test('an answer without an end is not read', async () => {
    answer = (_, response) => {
      response.writeHead(200)
      const more = () => response.write('x'.repeat(65_536), () => setImmediate(more))
      response.on('error', () => {})
      more()
    }
    expect(await postTo(letter(), '127.0.0.1')).toBe(200)
  })

  test('who hangs is left, before it answers and before its name is known', async () => {
    answer = () => ended.abort(new Error('over'))
    let ended = new AbortController()
    await expect(postTo(letter(ended.signal), '127.0.0.1')).rejects.toThrow()
    ended = new AbortController()
    const waiting = postOutward(letter(ended.signal), () => new Promise(() => {}))
    ended.abort(new Error('over'))
    await expect(waiting).rejects.toThrow('over')
  })
})
