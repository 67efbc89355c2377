import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeReference, makeReference, readReference, yearOfNumber } from './reference-number.ts'

const year = fc.integer({ min: 2020, max: 2099 })
const rank = fc.integer({ min: 1, max: 999_999 })

describe('spoken number', () => {
  it.each([
    [2026, 4217, false, /^2026-004217-\d$/],
    [2026, 17, true, /^EX-2026-000017-\d$/],
    [2026, 1_234_567, false, /^2026-1234567-\d$/],
  ])('of %i, rank %i', (y, r, exercise, form) => {
    expect(makeReference(y, r, exercise)).toMatch(form)
  })

  it.each([
    ['one second before midnight in Paris', '2026-12-31T22:59:59Z', 2026],
    ['midnight in Paris', '2026-12-31T23:00:00Z', 2027],
    ['midnight in UTC', '2027-01-01T00:00:00Z', 2027],
  ])('says the year of %s', (_, at, expected) => {
    expect(yearOfNumber(new Date(at))).toBe(expected)
  })

  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(
        year,
        rank,
        fc.constantFrom('', ' ', '-', '.', ' - '),
        fc.boolean(),
        (y, r, between, exercise) => {
          const reference = makeReference(y, r, exercise)
          expect(readReference(reference.replaceAll('-', between).toLowerCase())).toBe(reference)
        },
      ),
    )
  })

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(year, rank, fc.nat(), fc.integer({ min: 1, max: 9 }), (y, r, where, by) => {
        const digits = makeReference(y, r).replaceAll('-', '')
        const at = where % digits.length
        const wrong = digits.slice(0, at) + String((Number(digits[at]) + by) % 10) + digits.slice(at + 1)
        expect(readReference(wrong)).toBeNull()
      }),
    )
  })

  it('catches every swap of two neighbours', () => {
    fc.assert(
      fc.property(year, rank, fc.nat(), (y, r, where) => {
        const digits = makeReference(y, r).replaceAll('-', '')
        const at = where % (digits.length - 1)
        fc.pre(digits[at] !== digits[at + 1])
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2)
        expect(readReference(swapped)).toBeNull()
      }),
    )
  })

  it.each(['', 'abc', '2026', '2026-00421-3', "2026-004217-3'; drop table cases"])(
    '%j is no number',
    (typed) => {
      expect(readReference(typed)).toBeNull()
    },
  )

  it('tells a wrong number from words', () => {
    expect(looksLikeReference('2026-004217-0')).toBe(true)
    expect(looksLikeReference('SAMU 59')).toBe(false)
  })
})
