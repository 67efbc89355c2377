import { expect, test } from 'vitest'
import { addressOf, cameByHttps } from './address.ts'

test.each([
  ['without the setting nothing is believed', undefined, '198.51.100.7', null],
  ['zero proxies', '0', '198.51.100.7', null],
  ['nonsense', 'yes', '198.51.100.7', null],
  ['one proxy: what it saw', '1', '198.51.100.7', '198.51.100.7'],
  ['one proxy: what the client invented is skipped', '1', '10.0.0.1, 198.51.100.7', '198.51.100.7'],
  ['two proxies', '2', '10.0.0.1, 198.51.100.7, 192.0.2.1', '198.51.100.7'],
  ['a shorter chain than promised', '2', '198.51.100.7', null],
  ['with a port', '1', '198.51.100.7:4711', '198.51.100.7'],
  ['IPv4 written as IPv6', '1', '::ffff:198.51.100.7', '198.51.100.7'],
  ['an IPv6 subscriber', '1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['the same, shortened', '1', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['no header', '1', '', null],
])('%s', (_, trust, header, expected) => {
  expect(addressOf(new Headers({ 'x-forwarded-for': header }), trust)).toBe(expected)
})

test.each([
  ['nobody stands in front: anyone could have written it', undefined, 'https', false],
  ['one proxy says https', '1', 'https', true],
  ['one proxy says http', '1', 'http', false],
  ['the client said https, the proxy http', '1', 'https, http', false],
  ['two proxies, one word for both', '2', 'https', true],
  ['two proxies, the outer one over https', '2', 'https, http', true],
  ['no word', '1', null, false],
])('https: %s', (_, trust, header, expected) => {
  expect(cameByHttps(header, trust)).toBe(expected)
})
