import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DATA_CODING, plainSigns, ROOM, readReceipt, saysYes, smsOf } from './sms.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const HEADER = 6

describe('what is on the wire', () => {
  test.each([
    ['plain letters', 'Appel', 'gsm7', '417070656c'],
    ['the accents of the alphabet', 'éèàùìòÉÇ', 'gsm7', '05047f0607081f09'],
    ['signs of its own places', '@£$¥_§', 'gsm7', '00010203115f'],
    ['a euro takes two', '€', 'gsm7', '1b65'],
    ['so do brackets', '[{}]|^~\\', 'gsm7', '1b3c1b281b291b3e1b401b141b3d1b2f'],
    ['a small c with cedilla is not in it', 'ç', 'ucs2', '00e7'],
    ['nor an e with circumflex', 'ê', 'ucs2', '00ea'],
    ['an emoji is two units', '🚨', 'ucs2', 'd83ddea8'],
    ['all of them together', 'ç ê € 🚨', 'ucs2', '00e7002000ea002020ac0020d83ddea8'],
    ['a printer’s apostrophe and spaces', 'l’a\u00a0: «\u00a0b\u00a0»', 'gsm7', '6c2761203a20226222'],
  ])('%s', (_, text, alphabet, bytes) => {
    const sms = smsOf(text, 7)
    expect([sms.alphabet, sms.parts.map(hex)]).toEqual([alphabet, [bytes]])
  })

  test.each([
    ['gsm7', 'a', ROOM.gsm7.alone, [160]],
    ['gsm7', 'a', ROOM.gsm7.alone + 1, [HEADER + 153, HEADER + 8]],
    ['gsm7', 'a', ROOM.gsm7.part * 2, [HEADER + 153, HEADER + 153]],
    ['gsm7', 'a', ROOM.gsm7.part * 2 + 1, [HEADER + 153, HEADER + 153, HEADER + 1]],
    ['gsm7', '€', ROOM.gsm7.alone / 2, [160]],
    // 153 is odd: the seventy-seventh euro is not cut in two.
    ['gsm7', '€', ROOM.gsm7.alone / 2 + 1, [HEADER + 152, HEADER + 10]],
    ['ucs2', 'ê', ROOM.ucs2.alone, [140]],
    ['ucs2', 'ê', ROOM.ucs2.alone + 1, [HEADER + 134, HEADER + 8]],
    ['ucs2', '🚨', ROOM.ucs2.alone / 2, [140]],
    // 67 is odd: the thirty-fourth emoji goes whole into the next part.
    ['ucs2', '🚨', ROOM.ucs2.alone / 2 + 1, [HEADER + 132, HEADER + 12]],
  ])('%s: %s × %i', (alphabet, sign, times, sizes) => {
    const sms = smsOf(sign.repeat(times), 0x1ab)
    expect(sms.alphabet).toBe(alphabet)
    expect(sms.parts.map((one) => one.length)).toEqual(sizes)
    if (sms.parts.length > 1)
      expect(sms.parts.map((one) => hex(one.slice(0, HEADER)))).toEqual(
        sms.parts.map((_, n) => `050003ab0${sms.parts.length}0${n + 1}`),
      )
  })

  test('whatever is written is read again, whole, from its parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'é', '€', ' ', 'ç', '🚨', '|', 'Z', '\n'), { maxLength: 400 }),
        fc.nat(),
        (signs, reference) => {
          const text = signs.join('')
          const { alphabet, parts } = smsOf(text, reference)
          const bodies = parts.map((one) => Buffer.from(parts.length > 1 ? one.slice(HEADER) : one))
          for (const part of parts) expect(part.length).toBeLessThanOrEqual(alphabet === 'gsm7' ? 160 : 140)
          const read = bodies.map((body) => (alphabet === 'gsm7' ? septets(body) : ucs2(body))).join('')
          expect(read).toBe(plainSigns(text))
        },
      ),
    )
  })

  test('data_coding is said, never left to a library', () => {
    expect(DATA_CODING).toEqual({ gsm7: 0, ucs2: 8 })
  })
})

/** Read by another hand than wrote it. */
function ucs2(body: Buffer): string {
  return Buffer.from(body).swap16().toString('utf16le')
}
function septets(body: Buffer): string {
  const known: Record<number, string> = { 5: 'é', 10: '\n', 32: ' ', 90: 'Z', 97: 'a' }
  const second: Record<number, string> = { 101: '€', 64: '|' }
  let text = ''
  for (let at = 0; at < body.length; at += 1)
    text += body[at] === 27 ? second[body[++at] ?? 0] : known[body[at] ?? 0]
  return text
}

const WORDS =
  'id:0A1 sub:001 dlvrd:001 submit date:2611251030 done date:2611251030 stat:DELIVRD err:000 text:'

describe('a receipt', () => {
  test.each([
    ['in words', WORDS, {}, { id: '0A1', says: 'delivered' }],
    ['in parameters, which count more', WORDS, { id: 'ff\0', state: 5 }, { id: 'ff', says: 'failed' }],
    ['on its way', 'id:9 stat:ENROUTE', {}, { id: '9', says: null }],
    ['not to be delivered', 'id:9 stat:UNDELIV err:001', {}, { id: '9', says: 'failed' }],
    ['refused', 'ID: 9 STAT: rejectd', {}, { id: '9', says: 'failed' }],
    ['a word nobody knows', 'id:9 stat:PERHAPS', {}, { id: '9', says: null }],
    ['no receipt at all', 'Bonjour', {}, null],
    ['nothing', '', {}, null],
  ])('%s', (_, words, given, read) => {
    expect(readReceipt(words, given)).toEqual(read)
  })
})

test.each([
  ['OK', true],
  [' ok. ', true],
  ['Oui!', true],
  ['1', true],
  ['OK mais plus tard', false],
  ['non', false],
  ['', false],
  ['OK j’arrive', true],
  ['ok merci', true],
  ['Oui, bien reçu. Merci !', true],
  ['Reçu', true],
  ['ok mais je ne peux pas', false],
  ['oui non', false],
  ['1 heure', false],
  ['je n’ai pas reçu', false],
])('“%s” answers: %s', (words, yes) => {
  expect(saysYes(words)).toBe(yes)
})
