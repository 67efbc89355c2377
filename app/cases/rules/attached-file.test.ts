import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fileFault,
  fileName,
  isFull,
  kindOfFile,
  LARGEST_FILE,
  LARGEST_TEXT,
  MOST_FILES,
} from './attached-file.ts'

const text = (words: string) => new TextEncoder().encode(words)
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16])
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

test.each<[string, Uint8Array, string | null]>([
  ['a photo', JPEG, 'image/jpeg'],
  ['a picture of a screen', PNG, 'image/png'],
  ['a trace', text('INVITE sip:15@example SIP/2.0\r\n'), 'text/plain'],
  ['a page', text('<script>alert(1)</script>'), 'text/plain'],
  ['a drawing that may run', text('<svg onload="x"/>'), 'text/plain'],
  ['a document', text('%PDF-1.7\n\u0000'), null],
  ['a capture of the line', new Uint8Array([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), null],
  ['an archive', new Uint8Array([0x50, 0x4b, 3, 4]), null],
  ['half a photo', new Uint8Array([0xff, 0xd8]), null],
])('%s is told by what it holds', (_, bytes, kind) => expect(kindOfFile(bytes)).toBe(kind))

const sized = (begins: Uint8Array, size: number) => {
  const bytes = new Uint8Array(size).fill(0x41)
  bytes.set(begins.slice(0, size))
  return bytes
}
test.each<[string, Uint8Array, string | null]>([
  ['nothing', sized(text(''), 0), 'empty'],
  ['the largest photo', sized(JPEG, LARGEST_FILE), null],
  ['a photo of one byte more', sized(JPEG, LARGEST_FILE + 1), 'too_large'],
  ['the largest text', sized(text('A'), LARGEST_TEXT), null],
  ['a text of one byte more', sized(text('A'), LARGEST_TEXT + 1), 'text_too_large'],
  ['a text that is larger than any file', sized(text('A'), LARGEST_FILE + 1), 'too_large'],
])('%s', (_, bytes, fault) => expect(fileFault(bytes)).toBe(fault))

test('a case takes the last of its files and no more', () =>
  expect([MOST_FILES - 1, MOST_FILES].map(isFull)).toEqual([false, true]))

test('whatever it is called, it is saved under a plain name', () => {
  expect(fileName('Écran du CRRA (1).JPG', 'image/jpeg')).toBe('Ecran-du-CRRA-1.jpg')
  expect(fileName('../../etc/passwd', 'text/plain')).toBe('etc-passwd.txt')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      expect(fileName(typed, 'image/png')).toMatch(/^[A-Za-z0-9-]{1,60}\.png$/)
    }),
  )
})
