import { expect, test } from 'vitest'
import { isOwnOrigin } from './origin.ts'

test.each([
  ['our own page', { 'sec-fetch-site': 'same-origin', host: 'p.example' }, true],
  ['typed by hand', { 'sec-fetch-site': 'none', host: 'p.example' }, true],
  ['another site', { 'sec-fetch-site': 'cross-site', host: 'p.example', origin: 'https://p.example' }, false],
  ['a neighbour of the same domain', { 'sec-fetch-site': 'same-site', host: 'p.example' }, false],
  ['an older browser, our page', { origin: 'https://p.example', host: 'p.example' }, true],
  [
    'behind a proxy',
    { origin: 'https://p.example', host: 'web:3000', 'x-forwarded-host': 'p.example' },
    true,
  ],
  ['an older browser, another site', { origin: 'https://evil.example', host: 'p.example' }, false],
  ['a hidden origin', { origin: 'null', host: 'p.example' }, false],
  ['nothing said', { host: 'p.example' }, false],
] as [string, Record<string, string>, boolean][])('%s', (_, headers, expected) => {
  expect(isOwnOrigin(new Headers(headers))).toBe(expected)
})
