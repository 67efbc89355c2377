import { expect, test } from 'vitest'
import { nameOf, siteOf } from './site.ts'

const FIRST = 'https://first.permanence.example'

test.each([
  ['nothing set: its own', FIRST, '', 'first.permanence.example'],
  ['itself', FIRST, FIRST, 'first.permanence.example'],
  ['the domain above both', FIRST, 'https://permanence.example', 'permanence.example'],
  ['the same as a bare name', FIRST, 'permanence.example', 'permanence.example'],
  ['the same with what somebody typed around it', FIRST, ' Permanence.Example/ ', 'permanence.example'],
  ['the domain above, with ports', `${FIRST}:8443`, 'https://permanence.example:443', 'permanence.example'],
  ['its own name with another port', 'https://permanence.example:8443', FIRST, 'first.permanence.example'],
  ['an unrelated name: the first site’s', 'https://second.test', FIRST, 'first.permanence.example'],
  [
    'a name that only ends alike',
    'https://notpermanence.example',
    'permanence.example',
    'permanence.example',
  ],
  ['this machine', 'http://localhost:3000', 'http://localhost:3001', 'localhost'],
])('passkeys are bound to: %s', (_, set, bound, host) => {
  expect(siteOf(new Headers(), set, bound)).toEqual({ origin: new URL(set).origin, host })
})

test.each([
  ['the last word of a name', 'example', 'first.permanence.example'],
  ['this machine, elsewhere', 'localhost', 'first.permanence.example'],
  ['a number', '10.0.1.11', 'first.permanence.example'],
  ['a number that ends alike', '0.1.11', '10.0.1.11'],
  ['a number of six', 'https://[fd00::1]', 'first.permanence.example'],
  ['no address', 'https://', 'first.permanence.example'],
  ['words', 'the first site', 'first.permanence.example'],
])('never to %s', (_, bound, own) => {
  expect(nameOf(bound, own)).toBeNull()
  expect(() => siteOf(new Headers(), `https://${own}`, bound)).toThrow('PASSKEY_ADDRESS')
})
