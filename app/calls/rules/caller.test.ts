import { describe, expect, it } from 'vitest'
import { readCaller } from './caller.ts'

describe('the number a switchboard gives', () => {
  it.each([
    ['as it is dialled', '0199001234', '+33199001234'],
    ['with its plus', '+33199001234', '+33199001234'],
    ['without its plus, as sipgate gives it', '33199001234', '+33199001234'],
    ['of a neighbour, without its plus', '4930123456', '+4930123456'],
    ['international, with two zeros', '0033199001234', '+33199001234'],
    ['an address', 'sip:0199001234@10.0.0.1;user=phone', '+33199001234'],
    ['a name and an address', '"CODIS 77" <sip:+33199001234@gw>', '+33199001234'],
    ['a tel address', 'tel:+33199001234', '+33199001234'],
    ['with blanks and points', ' 01.99 00 12-34 ', '+33199001234'],
  ])('%s', (_, given, phone) => {
    expect(readCaller(given)).toMatchObject({ phone, withheld: false })
  })

  it.each([
    '',
    'anonymous',
    'Anonymous',
    'anonyme',
    'sip:anonymous@anonymous.invalid',
    'unknown',
    'private',
    '-',
  ])('withheld: « %s »', (given) => {
    expect(readCaller(given)).toMatchObject({ phone: null, withheld: true })
  })

  it.each(['201', '112', 'poste CRRA', '0123', '<<<', 'x'.repeat(500)])(
    'unreadable, and kept as it came: « %s »',
    (given) => {
      expect(readCaller(given)).toEqual({ phone: null, shown: given.slice(0, 80), withheld: false })
    },
  )
})
