import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  looksLikeReference,
  makeReference,
  readIncidentReference,
  readReference,
  shortReference,
  yearOfNumber,
} from './reference-number.ts'

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
        fc.constantFrom('', ' ', '-', '.', ' - ', '–', '—', '\u2011', '−', '\u00a0', '/', ' – ', '\u200b-'),
        fc.boolean(),
        fc.constantFrom(
          '',
          'N° ',
          'n°',
          'no. ',
          '№ ',
          '# ',
          'dossier ',
          'Dossier n° ',
          'dossier numéro : ',
          'case no. ',
          'réf. ',
          '\n',
        ),
        (y, r, between, exercise, before) => {
          const reference = makeReference(y, r, exercise)
          const typed = `${before}${reference.replaceAll('-', between).toLowerCase()}`
          expect(readReference(typed), typed).toBe(reference)
          if (between !== '/') expect(looksLikeReference(typed), typed).toBe(true)
          const incident = `${before}INC${between}${reference.replaceAll('-', between)}`
          expect(readIncidentReference(incident), incident).toBe(`INC-${reference}`)
          expect(readReference(incident)).toBeNull()
          expect(readIncidentReference(typed)).toBeNull()
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

  it.each([
    ['4217', '2026-004217'],
    ['004217', '2026-004217'],
    ['n° 4217', '2026-004217'],
    ['000012', '2026-000012'],
    ['n° 000012', '2026-000012'],
    ['04217', '2026-004217'],
    ['2026-17', '2026-000017'],
    ['2026-0612', '2026-000612'],
    ['2025-4217', '2025-004217'],
    ['2025 – 004217', '2025-004217'],
    ['EX 2026-17', 'EX-2026-000017'],
  ])('%j is cut short', (typed, start) => {
    expect(shortReference(typed, 2026)).toMatch(new RegExp(`^${start}-\\d$`))
  })

  it('cut short with its check digit, it must be the right one', () => {
    const digit = Number(makeReference(2026, 4217).at(-1))
    expect(shortReference(`4217-${digit}`, 2026)).toBe(makeReference(2026, 4217))
    expect(shortReference(`4217-${(digit + 1) % 10}`, 2026)).toBeNull()
  })

  it.each([
    '15',
    '59',
    '112',
    '01',
    '02',
    '09',
    'n° 01',
    '0612',
    '0000',
    '000000',
    'dossier 0612',
    '612',
    'EX 17',
    'SAMU 59',
    '01 99 00 12 34',
    '+33 1 99 00 12 34',
    '',
    'N°',
    'dossier',
    '4217 nord',
  ])('%j is no number cut short, and does not look like one', (typed) => {
    expect(shortReference(typed, 2026)).toBeNull()
    expect(looksLikeReference(typed)).toBe(false)
  })

  it('tells a wrong number from words', () => {
    expect(looksLikeReference('2026-004217-0')).toBe(true)
    expect(looksLikeReference('SAMU 59')).toBe(false)
  })
})
