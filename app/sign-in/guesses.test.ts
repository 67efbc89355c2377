import { expect, test } from 'vitest'
import { makePassphrase } from '#app/_auth/passphrase.ts'
import { DEMO_ACCOUNTS } from '#app/_demo/accounts.ts'
import { guessesOf } from './guesses.ts'
import { GUESSES } from './rules/passphrase.ts'

const ABOUT = ['camille.durand@sdis59.example', 'Camille Durand']

test.each([
  ['12345678901234'],
  ['azertyuiopqsdf'],
  ['qwertyuiopasdf'],
  ['1q2w3e4r5t6y7u'],
  ['abcdefghijklmn'],
  ['motdepasse1234'],
  ['passwordpassword'],
  ['bonjourbonjour'],
  ['p@ssw0rd123456'],
  ['iloveyouforever'],
  ['marseille13marseille'],
  ['samu59samu59samu'],
  ['permanence2026!'],
  ['pompiers18pompiers'],
])('%s would soon be guessed', (passphrase) => {
  expect(guessesOf(passphrase, ABOUT)).toBeLessThan(GUESSES)
})

test.each<[string, string]>([
  ['four plain words', 'été héron brique luge'],
  ['one of ours', makePassphrase()],
  ...DEMO_ACCOUNTS.map(
    ({ role, passphrase }) => [`the demonstration’s ${role}`, passphrase] satisfies [string, string],
  ),
])('%s stands', (_, passphrase) => {
  expect(guessesOf(passphrase, ABOUT)).toBeGreaterThan(GUESSES)
})
