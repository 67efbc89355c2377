import fc from 'fast-check'
import { getCountries, getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { phoneDigits, readPhone, searchedDigits, showPhone } from './phone.ts'

describe('a telephone number is read as a person of the territory writes it', () => {
  it.each([
    ['01 99 00 12 34', '59', '+33199001234', '01 99 00 12 34'],
    ['0199001234', '', '+33199001234', '01 99 00 12 34'],
    ['01‑99‑00‑12‑34', '59', '+33199001234', '01 99 00 12 34'],
    ['01 99 00 12 34', '59', '+33199001234', '01 99 00 12 34'],
    ['０１９９００１２３４', '59', '+33199001234', '01 99 00 12 34'],
    ['+33 (0)1 99 00 12 34', '59', '+33199001234', '01 99 00 12 34'],
    ['0033 1 99 00 12 34', '988', '+33199001234', '01 99 00 12 34'],
    ['33199001234', '59', '+33199001234', '01 99 00 12 34'],
    ['tel:+33199001234', '59', '+33199001234', '01 99 00 12 34'],
    ['Tél : 01.99.00.12.34', '59', '+33199001234', '01 99 00 12 34'],
    ['06 39 98 00 15', '976', '+33639980015', '06 39 98 00 15'],
    ['0800 123 456', '59', '+33800123456', '08 00 12 34 56'],
    // overseas, within the plan
    ['0590 99 12 34', '971', '+590590991234', '05 90 99 12 34'],
    ['0596 12 34 56', '59', '+596596123456', '05 96 12 34 56'],
    ['0694 12 34 56', '973', '+594694123456', '06 94 12 34 56'],
    ['0262 12 34 56', '974', '+262262123456', '02 62 12 34 56'],
    ['0692 12 34 56', '', '+262692123456', '06 92 12 34 56'],
    ['0269 61 23 45', '976', '+262269612345', '02 69 61 23 45'],
    ['+262 (0)692 12 34 56', '75', '+262692123456', '06 92 12 34 56'],
    // overseas, with a plan of their own
    ['27 12 34', '988', '+687271234', '+687 27 12 34'],
    ['+687 27 12 34', '59', '+687271234', '+687 27 12 34'],
    ['40 12 34 56', '987', '+68940123456', '+689 40 12 34 56'],
    ['00689 87 12 34 56', '59', '+68987123456', '+689 87 12 34 56'],
    ['41 12 34', '975', '+508411234', '+508 41 12 34'],
    ['72 12 34', '986', '+681721234', '+681 72 12 34'],
    // neighbours
    ['+352 26 12 34 56', '57', '+35226123456', '+352 26 12 34 56'],
    ['+32 2 123 45 67', '59', '+3221234567', '+32 2 123 45 67'],
    ['+49 (0)681 123456', '57', '+49681123456', '+49 681 123456'],
    ['+41 22 123 45 67', '01', '+41221234567', '+41 22 123 45 67'],
    ['+377 98 98 98 98', '06', '+37798989898', '+377 98 98 98 98'],
    ['+376 312 345', '66', '+376312345', '+376 312 345'],
  ])('%j in %j', (typed, territory, kept, shown) => {
    expect(readPhone(typed, territory)).toEqual({ phone: kept })
    expect(showPhone(kept)).toBe(shown)
    // What is shown is read again, wherever one sits.
    for (const anywhere of ['', territory, '988', '974']) expect(readPhone(shown, anywhere).phone).toBe(kept)
  })

  it.each([
    ['15', '59', 'short'],
    ['112', '988', 'short'],
    ['116 117', '988', 'short'],
    ['3114', '', 'short'],
    ['36 00 00', '59', 'short'],
    ['27 12 34', '59', 'short'],
    ['01 99 00 12', '59', 'none'],
    ['01 99 00 12 34 5', '59', 'none'],
    ['+33 1 99 00', '59', 'none'],
    ['+999 12 34 56 78', '59', 'none'],
    ['le standard', '59', 'none'],
    ['01 99 00 12 34 poste 12', '59', 'none'],
    ['01 99 00 12 34 / 06 39 98 00 15', '59', 'none'],
    ['', '59', 'none'],
  ])('%j in %j is refused: %s', (typed, territory, why) => {
    expect(readPhone(typed, territory).fault?.why).toBe(why)
  })

  it.each([
    ['556123456', '33', '05 56 12 34 56'],
    ['5 56 12 34 56', '', '05 56 12 34 56'],
    ['692123456', '974', '06 92 12 34 56'],
  ])('%j in %j lost its zero: %s is offered', (typed, territory, offered) => {
    expect(readPhone(typed, territory).fault).toEqual({
      why: 'lost_zero',
      values: { found: typed, offered },
    })
  })
})

it('every number of every country is kept as E.164, shown, and read again', () => {
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples)
    if (!number?.isValid()) continue
    const kept = readPhone(number.formatInternational()).phone
    expect(kept, country).toBe(number.number)
    expect(readPhone(showPhone(kept ?? '')).phone, country).toBe(kept)
  }
})

it('whatever is typed, reading it never throws, and what was typed comes back with the refusal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '59', '988', '??'), (typed, place) => {
      const { fault } = readPhone(typed, place)
      if (fault) expect(fault.values.found).toBe(typed.trim().slice(0, 40))
    }),
  )
})

describe('a search by number', () => {
  it.each([
    ['01 99 00', '+33199001234', true],
    ['0199001234', '+33199001234', true],
    ['+33 1 99', '+33199001234', true],
    ['+33 (0)1 99', '+33199001234', true],
    ['0033199001234', '+33199001234', true],
    ['01‑99‑00', '+33199001234', true],
    ['12.34', '+33199001234', true],
    ['27 12 34', '+687271234', true],
    ['+687 27', '+687271234', true],
    ['0692', '+262692123456', true],
    ['06 39', '+33199001234', false],
  ])('%j finds %s: %s', (typed, kept, found) => {
    expect(phoneDigits(kept).includes(searchedDigits(typed) ?? '-')).toBe(found)
  })

  it.each(['59', 'samu 59', '06 1', 'lille'])('%j is no number', (typed) => {
    expect(searchedDigits(typed)).toBeNull()
  })
})
