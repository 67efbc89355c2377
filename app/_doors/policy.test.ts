import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { withPolicy } from './policy.ts'

afterEach(() => vi.unstubAllEnvs())

/** What the framework is given of a request, and what its answer already says. */
function ask(url: string, headers: Record<string, string> = {}) {
  const request = { url, headers: { ...headers } } as unknown as IncomingMessage
  const said = new Map<string, string>()
  const response = { setHeader: said.set.bind(said) }
  let handled = 0
  withPolicy(() => void handled++)(request, response as unknown as ServerResponse)
  return { given: request.headers, said: said.get('content-security-policy'), handled }
}

const nonceOf = (policy: unknown) => /'nonce-([\w+/=]+)'/.exec(String(policy))?.[1]

describe('the content security policy', () => {
  it.each([
    '/',
    '/cases',
    '/cases?page=2',
    '/statuses',
    '/sign-in?out=here',
    '/apidoc',
    '/_next/data/x.json',
  ])('of %s has a nonce of its own, which the framework is told too', (url) => {
    const [one, other] = [ask(url), ask(url)]
    expect(one.said).toBe(one.given['content-security-policy'])
    expect(Buffer.from(nonceOf(one.said) ?? '', 'base64')).toHaveLength(16)
    expect(nonceOf(one.said)).not.toBe(nonceOf(other.said))
    expect(one.said).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
    expect(one.said).not.toMatch(/unsafe/)
    expect(one.handled).toBe(1)
  })

  it.each([
    '/api/queue',
    '/tmf-api/troubleTicket/v4/troubleTicket',
    '/status',
    '/status/fr.html',
    '/_next/static/chunks/a.js',
    '/favicon.ico',
    '/icon.svg',
  ])('of %s is not said here', (url) => {
    const { said, given, handled } = ask(url)
    expect([said, given['content-security-policy'], given['x-path'], handled]).toEqual([
      undefined,
      undefined,
      undefined,
      1,
    ])
  })

  it('of the worker of the page has no nonce: what it imports is ours and has none', () => {
    expect(ask('/service-worker.js').said).toMatch(/script-src 'self';/)
  })

  it.each(['/cases', '/status'])('of %s is never what the caller says it is', (url) => {
    const { given } = ask(url, {
      'content-security-policy': "script-src 'nonce-mine'",
      'x-path': '//elsewhere',
    })
    expect(String(given['content-security-policy'])).not.toContain('mine')
    expect(String(given['x-path'])).not.toContain('elsewhere')
  })

  it.each([
    ['', "connect-src 'self';"],
    ['https://second.example/x', "connect-src 'self' https://second.example;"],
    ['http://second.example', "connect-src 'self';"],
  ])('lets reports go to the second address %s', (set, wanted) => {
    vi.stubEnv('SECOND_ADDRESS', set)
    expect(ask('/').said).toContain(wanted)
  })

  it.each([
    ['', "form-action 'self';"],
    ['https://provider.example/api/v2', "form-action 'self' https://provider.example;"],
  ])('lets a sign-out lead on to the provider %s', (set, wanted) => {
    vi.stubEnv('OIDC_ISSUER', set)
    expect(ask('/').said).toContain(wanted)
  })
})

describe('a page knows its own address', () => {
  it.each([
    ['/cases', '/cases'],
    ['/cases?page=2', '/cases?page=2'],
    ['/cases?_rsc=1xy', '/cases'],
    ['/cases?q=15%20%3F&_rsc=1xy', '/cases?q=15+%3F'],
    ['/cases?q=a?b', '/cases?q=a%3Fb'],
  ])('%s is %s', (url, path) => {
    expect(ask(url).given['x-path']).toBe(path)
  })
})
