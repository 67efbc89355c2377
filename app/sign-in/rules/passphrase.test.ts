import { expect, test } from 'vitest'
import { GUESSES, LONGEST, passphraseVerdict, SHORTEST } from './passphrase.ts'

const long = (n: number) => 'abcdefgh'.repeat(30).slice(0, n)

test.each([
  ['one too short', long(SHORTEST - 1), GUESSES, 'auth.passphrase.too_short'],
  ['just enough', long(SHORTEST), GUESSES, undefined],
  ['the longest', long(LONGEST), GUESSES, undefined],
  ['one too long', long(LONGEST + 1), GUESSES, 'auth.passphrase.too_long'],
  ['one letter', 'a'.repeat(SHORTEST), GUESSES, 'auth.passphrase.too_plain'],
  ['one’s name', 'bonjour camille durand', GUESSES, 'auth.passphrase.about_you'],
  ['one’s first name', 'camille-et-les-autres', GUESSES, 'auth.passphrase.about_you'],
  ['soon guessed', long(SHORTEST), GUESSES - 0.1, 'auth.passphrase.too_common'],
  ['four words with accents', 'été héron brique luge', 18, undefined],
])('%s', (_, wanted, guesses, key) => {
  expect(passphraseVerdict(wanted, ['cdurand@example.org', 'Camille Durand'], guesses)?.key).toBe(key)
})
