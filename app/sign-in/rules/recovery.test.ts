import { expect, test } from 'vitest'
import { ALPHABET, readRecoveryCode, shown } from './recovery.ts'

test('no two signs are read or heard for each other', () => {
  expect(new Set(ALPHABET).size).toBe(ALPHABET.length)
  for (const sign of '01ilo') expect(ALPHABET).not.toContain(sign)
})

test.each([
  ['as shown', 'abcd-2345-wxyz', 'abcd2345wxyz'],
  ['without its dashes', 'abcd2345wxyz', 'abcd2345wxyz'],
  ['in capitals, with blanks and a long dash', ' ABCD 2345–WXYZ ', 'abcd2345wxyz'],
  ['one too few', 'abcd-2345-wxy', null],
  ['a sign that none has', 'abcd-2345-wxy0', null],
  ['six digits: the application’s', '123456', null],
])('%s', (_, typed, code) => {
  expect(readRecoveryCode(typed)).toBe(code)
})

test('shown in threes of four', () => {
  expect(shown('abcd2345wxyz')).toBe('abcd-2345-wxyz')
})
