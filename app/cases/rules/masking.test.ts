import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskLongNumbers } from './masking.ts'

describe('ten-digit numbers in free text', () => {
  it.each([
    ['Repli au 01 99 00 12 34, à publier', 'Repli au 01 •• •• •• ••, à publier'],
    ['0199001234', '01 •• •• •• ••'],
    ['01.99.00.12.34 et 06-39-98-00-01', '01 •• •• •• •• et 06 •• •• •• ••'],
    ['+33 1 99 00 12 34', '33 •• •• •• ••'],
    ['+33 (0)1 99 00 12 34', '33 •• •• •• ••'],
    ['0033199001234.', '00 •• •• •• ••.'],
  ])('%j becomes %j', (typed, stored) => {
    expect(maskLongNumbers(typed)).toBe(stored)
  })

  it.each([
    'Le 15, le 17 et le 112 ne passent pas',
    '12 essais sur 40 en 10 minutes',
    'dossier 2026-004217-3',
    '59000 Lille, 35 000 communes',
    'à 16 h 51 le 02/06/2021',
  ])('%j stays as it is', (text) => {
    expect(maskLongNumbers(text)).toBe(text)
  })

  it('masks every French number, however it is spaced, and a second time changes nothing', () => {
    const digits = fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 4, maxLength: 4 }),
    )
    fc.assert(
      fc.property(digits, fc.constantFrom('', ' ', '.', '-'), ([first, pairs], between) => {
        const number = [`0${first}`, ...pairs.map((pair) => String(pair).padStart(2, '0'))].join(between)
        const once = maskLongNumbers(`appelez le ${number} vite`)
        expect(once).toBe(`appelez le 0${first} •• •• •• •• vite`)
        expect(maskLongNumbers(once)).toBe(once)
      }),
    )
  })
})
