import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText } from './text.ts'

describe('what is written comes in clean', () => {
  test.each([
    ['plain words', 'Plus rien depuis 16 h 45', 'Plus rien depuis 16 h 45'],
    ['a NUL', 'a\0b', 'ab'],
    ['control characters', 'a\x07\x1b[31mb\x7f\x9bc', 'a[31mbc'],
    ['line ends of every sort', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['a tab stays', 'a\tb', 'a\tb'],
    ['an override of direction', 'dossier \u202e3-710000\u202c', 'dossier 3-710000'],
    ['isolates and marks of direction', '\u2066a\u2069\u200fb\u061c', 'ab'],
    ['zero-width signs, a byte order mark, a soft hyphen', '\ufeffA\u200bD\u2060MI\u00adN', 'ADMIN'],
    ['fillers that draw nothing', 'a\u3164\u115f\uffa0b', 'ab'],
    ['half a character', 'a\ud800b\udc00c', 'abc'],
    ['tags that hide words', 'a\u{e0041}\u{e0042}b', 'ab'],
    ['two ways to write é', 'Pre\u0301fecture', 'Préfecture'],
    ['no-break spaces of French', 'N°\u00a012\u202f: « non »', 'N°\u00a012\u202f: « non »'],
    ['typographic signs', '« 16 h – 17 h… » d’œuvre €', '« 16 h – 17 h… » d’œuvre €'],
    ['a family, joined', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['a firefighter with a skin, joined', '👨🏽‍🚒', '👨🏽‍🚒'],
    ['a heart in colour', '❤️', '❤️'],
    [
      'the flag of England',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['a joiner between letters', 'ad\u200dmin', 'admin'],
    ['a joiner where a script needs it', 'می\u200cخواهم', 'می\u200cخواهم'],
    [
      'more marks than any language stacks',
      `a${'\u0316\u0300'.repeat(500)}b`,
      `à${'\u0316'.repeat(15)}${'\u0300'.repeat(14)}b`,
    ],
  ])('%s', (_, said, clean) => {
    expect(cleanText(said)).toBe(clean)
  })

  test('cleaning again changes nothing; what is left can be kept and read', () => {
    const sign = fc.oneof(fc.nat(0x3_000), fc.nat(0x10_ffff)).map((code) => String.fromCodePoint(code))
    const any = fc.array(sign, { maxLength: 30 }).map((signs) => signs.join(''))
    fc.assert(
      fc.property(any, (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
        expect(clean.isWellFormed()).toBe(true)
        expect(clean).toBe(clean.normalize('NFC'))
        expect(clean).not.toMatch(/[\0\u200b\u202a-\u202e\u2066-\u2069\ufeff\r]/)
      }),
    )
  })
})
