import { expect, test } from 'vitest'
import { isAllowedHost } from './allowed-host.ts'

const HOSTS = 'push.services.mozilla.com\nnotify.windows.com'

test.each([
  ['a maker', 'https://push.services.mozilla.com/wpush/v2/x', true],
  ['a part of a maker', 'https://updates.push.services.mozilla.com/x', true],
  ['capitals and a last dot', 'https://PUSH.services.mozilla.com./x', true],
  ['a name that ends like one', 'https://evilnotify.windows.com/x', false],
  ['a name that begins like one', 'https://notify.windows.com.evil.example/x', false],
  ['another host', 'https://example.org/x', false],
  ['not https', 'http://push.services.mozilla.com/x', false],
  ['another port', 'https://push.services.mozilla.com:8443/x', false],
  ['somebody’s name in it', 'https://a@push.services.mozilla.com/x', false],
  ['our own machine', 'https://127.0.0.1/x', false],
  ['our own network', 'https://10.0.0.8/x', false],
  ['as one number', 'https://2130706433/x', false],
  ['of the new kind', 'https://[::1]/x', false],
  ['a name of our own', 'https://localhost/x', false],
  ['no address', 'javascript:alert(1)', false],
  ['nothing', '', false],
])('%s: %s is allowed: %s', (_, endpoint, allowed) => {
  expect(isAllowedHost(endpoint, HOSTS)).toBe(allowed)
})

test('a list of nothing allows nothing, and a bare word of it no whole domain', () => {
  expect(isAllowedHost('https://push.services.mozilla.com/x', '')).toBe(false)
  expect(isAllowedHost('https://example.com/x', 'com')).toBe(false)
})
