import fc from 'fast-check'
import { getCountries, getExampleNumber } from 'libphonenumber-js'
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { LARGEST_TEXT } from './attached-file.ts'
import { maskLongNumbers } from './masking.ts'

describe('telephone numbers in free text are masked', () => {
  it.each([
    // as they are written in France
    ['Repli au 01 99 00 12 34, à publier', 'Repli au 01 •• •• •• ••, à publier'],
    ['0199001234', '01 •• •• •• ••'],
    ['01.99.00.12.34 et 06-39-98-00-01', '01 •• •• •• •• et 06 •• •• •• ••'],
    ['01/99/00/12/34', '01 •• •• •• ••'],
    ['01_99_00_12_34', '01 •• •• •• ••'],
    ['01 . 99 . 00 . 12 . 34', '01 •• •• •• ••'],
    ['01 - 99 - 00 - 12 - 34', '01 •• •• •• ••'],
    ['01/99 00 12 34', '01 •• •• •• ••'],
    ['(01) 99 00 12 34', '01 •• •• •• ••'.replace('01', '(01')],
    ['01,99,00,12,34', '01 •• •• •• ••'],
    ['01:99:00:12:34', '01 •• •• •• ••'],
    ['0 1 9 9 0 0 1 2 3 4', '01 •• •• •• ••'],
    ['0820 20 12 34', '08 •• •• •• ••'],
    ['0 820 201 234', '08 •• •• •• ••'],
    ['0800 123 456', '08 •• •• •• ••'],
    ['0639 98 0001', '06 •• •• •• ••'],
    ['06 39980001', '06 •• •• •• ••'],
    ['06 3998 0001', '06 •• •• •• ••'],
    ['tel0199001234', 'tel01 •• •• •• ••'],
    ['numero0199001234', 'numero01 •• •• •• ••'],
    ['nº0199001234', 'nº01 •• •• •• ••'],
    ['nº 01 99 00 12 34', 'nº 01 •• •• •• ••'],
    ['nᵒ0199001234', 'nᵒ01 •• •• •• ••'],
    ['0199001234poste12', '01 •• •• •• ••poste12'],
    ['0199001234x12', '01 •• •• •• ••x12'],
    ['01 99 00 12 34p12', '01 •• •• •• ••p12'],
    ['Tél.0199001234', 'Tél.01 •• •• •• ••'],
    ['tél : 639980001', 'tél : 63 •• •• •• ••'],
    ['portable 6 39 98 00 01', 'portable 63 •• •• •• ••'],
    ['le 06 12 34 56 78', 'le 06 •• •• •• ••'],
    ['01 02 03 04 05', '01 •• •• •• ••'],
    ['01 23 45 67 89', '01 •• •• •• ••'],
    // by another keyboard, a word processor, a spreadsheet
    ['01‑99‑00‑12‑34', '01 •• •• •• ••'],
    ['01–99–00–12–34', '01 •• •• •• ••'],
    ['01—99—00—12—34', '01 •• •• •• ••'],
    ['01−99−00−12−34', '01 •• •• •• ••'],
    ['01\u00a099\u00a000\u00a012\u00a034', '01 •• •• •• ••'],
    ['01\u202f99\u202f00\u202f12\u202f34', '01 •• •• •• ••'],
    ['01\t99\t00\t12\t34', '01 •• •• •• ••'],
    ['01·99·00·12·34', '01 •• •• •• ••'],
    ['０１９９００１２３４', '01 •• •• •• ••'],
    ['٠١٩٩٠٠١٢٣٤', '01 •• •• •• ••'],
    ['01\u200b99\u200b00\u200b12\u200b34', '01 •• •• •• ••'],
    ['01\u00ad99001234', '01 •• •• •• ••'],
    ['\u202d0199001234\u202c', '\u202d01 •• •• •• ••'],
    ['0️⃣199001234', '01 •• •• •• ••'],
    // over a line break
    ['rappeler le 01 99 00\n12 34 ce soir', 'rappeler le 01 •• •• •• •• ce soir'],
    ['01-99-00-\r12-34', '01 •• •• •• ••'],
    ['01.99.00.\r\n12.34', '01 •• •• •• ••'],
    // overseas and abroad
    ['0262 99 00 12', '02 •• •• •• ••'],
    ['+262 692 12 34 56', '26 •• •• •• ••'],
    ['262 692 12 34 56', '26 •• •• •• ••'],
    ['00 590 690 12 34 56', '00 •• •• •• ••'],
    ['+687 27 12 34', '68 •• •• •• ••'],
    ['+689 40 12 34 56', '68 •• •• •• ••'],
    ['+508 41 12 34', '50 •• •• •• ••'],
    ['+681 72 12 34', '68 •• •• •• ••'],
    ['00352 26 12 34 56', '00 •• •• •• ••'],
    ['+32 (0)2 123 45 67', '32 •• •• •• ••'],
    ['+49 30 1234567', '49 •• •• •• ••'],
    ['+44-20-7946-0958', '44 •• •• •• ••'],
    ['+1 (202) 555-0123', '12 •• •• •• ••'],
    ['+33 1 99 00 12 34', '33 •• •• •• ••'],
    ['+33 (0)1 99 00 12 34', '33 •• •• •• ••'],
    ['+33(0)199001234', '33 •• •• •• ••'],
    ['＋33 1 99 00 12 34', '33 •• •• •• ••'],
    ['0033199001234.', '00 •• •• •• ••.'],
    ['00 33 1 99 00 12 34', '00 •• •• •• ••'],
    ['33 1 99 00 12 34', '33 •• •• •• ••'],
    ['33199001234', '33 •• •• •• ••'],
    ['tel:+33199001234', 'tel:33 •• •• •• ••'],
    ['sip:0199001234@ims.example', 'sip:01 •• •• •• ••@ims.example'],
    // beside facts
    ['SAMU 15 01 99 00 12 34', 'SAMU 15 01 •• •• •• ••'],
    ['joindre au 01 99 00 12 34 18 h 30', 'joindre au 01 •• •• •• •• 18 h 30'],
    ['le 05/11 06 39 98 00 01', 'le 05/11 06 •• •• •• ••'],
    ['02/12/2026 16:45 appel du 06 39 98 00 01', '02/12/2026 16:45 appel du 06 •• •• •• ••'],
    ['01 99 00 12 34 / 35', '01 •• •• •• •• / 35'],
    ['01 99 00 12 34 (24 h/24)', '01 •• •• •• •• (24 h/24)'],
    ['01 99 00 12 34 h24', '01 •• •• •• •• h24'],
    ['01 99 00 12 34/06 39 98 00 01', '01 •• •• •• ••/06 •• •• •• ••'],
    ['0199001234-0639980001', '01 •• •• •• ••-06 •• •• •• ••'],
    ['01-99-00-12-34-06-39-98-00-01', '01 •• •• •• ••-06 •• •• •• ••'],
    ['01.99.00.12.34.06.39.98.00.01.', '01 •• •• •• ••.06 •• •• •• ••.'],
    ['01–99–00–12–34–06–39–98–00–01–01–99–00–12–35', '01 •• •• •• ••–06 •• •• •• ••–01 •• •• •• ••'],
    ['0199001234 0639980001', '01 •• •• •• •• 06 •• •• •• ••'],
    ['Test 06 39 98 00 01 : échec, 3 essais', 'Test 06 •• •• •• •• : échec, 3 essais'],
    ['2026-004217-3 0199001234', '2026-004217-3 01 •• •• •• ••'],
    ['112 puis 0199001234 en 12 s', '112 puis 01 •• •• •• •• en 12 s'],
  ])('%j becomes %j', (typed, stored) => {
    expect(maskLongNumbers(typed)).toBe(stored)
  })
})

describe('facts stay as they are', () => {
  it.each([
    // numbers that are called
    'Le 15, le 17 et le 112 ne passent pas',
    '15/17/18/112',
    '15-17-18-112-114-115-196',
    '112 114 115 116 117 119 191 196 197',
    '116000 116111 116117',
    'le 3114 et le 116 117',
    // days and hours
    '02/12/2026 16:45',
    '02/12/2026 16h45',
    '02/12/2026 à 16 h 45',
    'Depuis 02/12/2026 16 45 00',
    '02/12/26 16:45',
    '02.12.26 16.45',
    '02-12-26 16-45',
    '02 12 2026 16 45',
    '02 12 2026 16',
    '02122026 16',
    '021226 1645',
    '08.10 02/12/26',
    'du 02/12/2026 08:10 au 03/12/2026 12:14',
    '02–12–2026 16:45',
    '2026-12-02T16:45:00Z',
    '2026-12-02 16:45:07.123',
    '20261202 164500',
    'à 16 h 51 le 02/06/2021',
    'le 02/12 à 08h10, 08h12, 08h14',
    '08:10 08:12 08:14 08:16 08:18',
    'ouvert 08-10 12-14 16-18',
    '02/12 03/12 04/12 05/12',
    'les 08/10/12/14/16 décembre',
    '29/02/2028 02:30',
    // counts
    'a 08 10 12 14 16 min',
    'à 08 10 12 14 16 minutes',
    'à 08, 10, 12, 14, 16 min',
    '05 03 04 02 03 min',
    '08 10 12 14 16 18 20',
    'relevés : 08 10 12 14 16',
    '01 02 04 06 09 appels',
    '12 essais sur 40 en 10 minutes',
    '0/10 10/10 5/5 0/10',
    '05/10 10/10 04/10 00/10',
    '0 sur 10, 10 sur 10, 5 sur 5, 0 sur 10',
    '+10 000 000 appels',
    '+12 000 000 %',
    '1 234 567 890 octets',
    '0,123456789',
    '48.8566, 2.3522',
    '0.1234567890',
    // places
    '59000 Lille, 35 000 communes',
    '06000 06100 06200 06300',
    'Départements 02 08 10 51 52 touchés',
    'dépts : 01 07 26 38 42',
    'Insee 01004 01007',
    // papers and machines
    'dossier 2026-004217-3',
    'dossier 2026 004217 3 puis 2026 004218 0',
    'dossiers 2026-004217-3 2026-004218-0',
    'SIRET 552 081 317 66522',
    'SIRET 55208131766522, SIREN 552 081 317',
    'SIREN 005 520 176',
    'FINESS 590000188',
    'ticket 0123456789',
    'INC0123456789',
    'réf. n° 0612345678',
    'IBAN FR14 2004 1010 0505 0001 3M02 606',
    '1 85 05 78 006 084 36',
    '192.168.01.254 puis 10.0.0.138:5060',
    '10.02.03.04/24',
    '2001:db8:0101:9900:1234::1',
    '00:1b:44:11:3a:b7',
    '01990012-3456-7890-1234-567890123456',
    'v1.02.03.04.05.06',
    'code 487 après 183, 200, 503, 404',
    '1 250 000,50 €',
    '12 345 678,90 EUR',
    'Déjà masqué : 01 •• •• •• ••',
    '01\n99\n00\n12\n34',
  ])('%j', (text) => {
    expect(maskLongNumbers(text)).toBe(text)
  })
})

const pairs = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 4, maxLength: 4 })
const french = fc
  .tuple(fc.integer({ min: 1, max: 9 }), pairs)
  .map(([first, rest]) => [`0${first}`, ...rest.map((pair) => String(pair).padStart(2, '0'))].join(''))
const GROUPINGS = [[10], [2, 2, 2, 2, 2], [4, 2, 2, 2], [4, 3, 3], [1, 3, 3, 3], [2, 8]]
const SEPARATORS = [' ', '.', '-', '/', '_', '\u00a0', '\u202f', '\u2009', '‑', '–', '—', '\t', ' . ', ' – ']

describe('whatever is written', () => {
  it('every French number is masked, in every way of writing it', () => {
    const lengths = fc.constantFrom(...GROUPINGS)
    fc.assert(
      fc.property(french, lengths, fc.constantFrom(...SEPARATORS), (number, shape, between) => {
        // « 16 20261102 » is an hour and a day, and stays.
        fc.pre(
          shape.length !== 2 || !/^..(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(number),
        )
        const from = shape.map((_, at) => shape.slice(0, at).reduce((sum, length) => sum + length, 0))
        const parts = shape.map((length, at) => number.slice(from[at], (from[at] ?? 0) + length))
        const written = parts.join(between)
        const stored = maskLongNumbers(`appelez le ${written}, vite`)
        expect(stored).toBe(`appelez le ${number.slice(0, 2)} •• •• •• ••, vite`)
      }),
    )
  })

  it('and every number of every country, in the four ways its own people write it', () => {
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples)
      if (!number || number.number.length < 9) continue
      for (const form of [
        number.number,
        number.formatInternational(),
        number.getURI(),
        number.number.replace('+', '00'),
      ]) {
        const masked = maskLongNumbers(`rappeler ${form} ce soir`)
        expect(masked, `${country} ${form}`).toContain('•• •• •• ••')
        expect(masked.replace(/\D/g, '').length, `${country} ${form}`).toBe(2)
      }
    }
  })

  const text = fc.array(
    fc.oneof(
      french,
      fc.constantFrom(...SEPARATORS, '\n', '+33', '(0)', ' le ', ' min', '•• ', ':', ',', 'tel'),
      fc.integer({ min: 0, max: 120 }).map(String),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 14 },
  )

  it('a second time changes nothing', () => {
    fc.assert(
      fc.property(text, (parts) => {
        const once = maskLongNumbers(parts.join(''))
        expect(maskLongNumbers(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
  })

  it('a text of fewer than eight digits is never changed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 9_999_999 }), (around, n) => {
        const typed = `${around.replace(/\p{Nd}/gu, '')} ${n}`
        expect(maskLongNumbers(typed)).toBe(typed)
      }),
    )
  })

  it('every day and hour of the century stays', () => {
    const two = (n: number) => String(n).padStart(2, '0')
    const moments = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, fc.constantFrom('/', '.', '-', '–', ' '), (at, between) => {
        const day = [two(at.getUTCDate()), two(at.getUTCMonth() + 1), at.getUTCFullYear()].join(between)
        const hour = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
        for (const typed of [`${day} ${hour}`, `le ${day} à ${hour.replace(':', 'h')}`, `${hour} ${day}`])
          expect(maskLongNumbers(typed)).toBe(typed)
      }),
    )
  })

  it('a long text is read in time that grows as it does', () => {
    const typed = '01 2 '.repeat(800)
    expect(maskLongNumbers(typed)).toBe(typed)
  })

  it.each([
    ['numbers alone', '0199001234\n'],
    ['numbers parted by spaces', '01 99 00 12 34, '],
    ['a row of two figures', '01 02 03 04 05 06 07 08 09 '],
    ['what may be one or the other', '05/11 06 39 98 00 01 '],
  ])('the longest text file of %s is read: each number is masked once', (_, one) => {
    const typed = one.repeat(Math.floor(LARGEST_TEXT / one.length))
    const masked = maskLongNumbers(typed)
    expect(maskLongNumbers(masked)).toBe(masked)
  })
})
