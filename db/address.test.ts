import { describe, expect, test } from 'vitest'
import { addressOf, onHost, parseAddress, writeAddress } from './address.ts'

describe('an address of PostgreSQL', () => {
  test.each([
    ['one host', 'postgres://u:p@h1:5433/d', [{ host: 'h1', port: 5433 }]],
    ['no port', 'postgresql://u:p@h1/d', [{ host: 'h1', port: 5432 }]],
    ['nobody named', 'postgres://localhost/d', [{ host: 'localhost', port: 5432 }]],
    [
      'two hosts',
      'postgres://u:p@h1:5432,h2:5433/d?target_session_attrs=primary',
      [
        { host: 'h1', port: 5432 },
        { host: 'h2', port: 5433 },
      ],
    ],
    [
      'an address of version 6',
      'postgres://u:p@[::1]:5432,10.0.0.2/d',
      [
        { host: '::1', port: 5432 },
        { host: '10.0.0.2', port: 5432 },
      ],
    ],
    [
      'a socket of this machine',
      'postgres://u@%2Fvar%2Frun%2Fpostgresql/d',
      [{ host: '/var/run/postgresql', port: 5432 }],
    ],
  ])('%s', (_, url, hosts) => {
    expect(parseAddress(url)?.hosts).toEqual(hosts)
    expect(parseAddress(writeAddress(addressOf(url)))).toEqual(parseAddress(url))
  })

  test.each([
    ['another database', 'mysql://u:p@h/d'],
    ['no database', 'postgres://u:p@h1:5432/'],
    ['a port that is none', 'postgres://u:p@h1:99999/d'],
    ['words', 'h1 port 5432'],
    ['a broken escape', 'postgres://u:%E0%A4%A@h/d'],
  ])('is not understood: %s', (_, url) => {
    expect(parseAddress(url)).toBeNull()
  })

  test('keeps a password whatever is in it', () => {
    const address = { ...addressOf('postgres://u:p@h/d'), password: 'a:b@c/d?e#f%g é' }
    expect(addressOf(writeAddress(address)).password).toBe(address.password)
  })

  test('on one host says nothing of the others, and keeps what is asked of the connection', () => {
    const address = addressOf('postgres://u:p@h1,h2:5433/d?sslmode=require&target_session_attrs=primary')
    expect(writeAddress(onHost(address, { host: 'h2', port: 5433 }))).toBe(
      'postgres://u:p@h2:5433/d?sslmode=require',
    )
  })
})
