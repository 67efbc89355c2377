import { expect, test } from 'vitest'
import { LONGEST, passphraseVerdict, SHORTEST } from './passphrase.ts'

const long = (n: number) => 'abcdefgh'.repeat(30).slice(0, n)

test.each([
  ['one too short', long(SHORTEST - 1), 'auth.passphrase.too_short'],
  ['just enough', long(SHORTEST), undefined],
  ['the longest', long(LONGEST), undefined],
  ['one too long', long(LONGEST + 1), 'auth.passphrase.too_long'],
  ['one letter', 'a'.repeat(SHORTEST), 'auth.passphrase.too_plain'],
  ['one’s name', 'bonjour camille durand', 'auth.passphrase.about_you'],
  ['four words with accents', 'été héron brique luge', undefined],
])('%s', (_, wanted, key) => {
  expect(passphraseVerdict(wanted, ['cdurand@example.org', 'Camille Durand'])?.key).toBe(key)
})
