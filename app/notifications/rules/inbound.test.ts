import { describe, expect, test } from 'vitest'
import { fateOf, type Letter, LONGEST_WORDS, returnedTo, wordsOf } from './inbound.ts'

const OWN = 'permanence@operateur.example'
const letter = (given: Partial<Letter>): Letter => ({
  ...{
    from: 'nora@samu.example',
    to: [OWN],
    subject: 'Re: dossier',
    text: 'Bonjour',
    answers: [],
    headers: {},
    returned: null,
  },
  ...given,
})
const CASE = { fate: 'landed', reference: '2026-000123-4' }

describe('what becomes of a letter', () => {
  test.each<[string, Partial<Letter>, object]>([
    ['to the address of a case', { to: ['permanence+2026-000123-4@operateur.example'] }, CASE],
    ['in capitals', { to: ['Permanence+2026-000123-4@Operateur.example'] }, CASE],
    ['in answer to a letter of a case', { answers: ['<2026-000123-4@operateur.example>'] }, CASE],
    ['in answer to somebody else’s', { answers: ['<2026-000123-4@elsewhere.example>'] }, { fate: 'unknown' }],
    ['to another house', { to: ['permanence+2026-000123-4@elsewhere.example'] }, { fate: 'unknown' }],
    ['to the house, of no case', {}, { fate: 'unknown' }],
    ['a machine that says so', { headers: { 'auto-submitted': 'auto-replied' } }, { fate: 'automatic' }],
    ['a person who says so', { headers: { 'auto-submitted': 'no' } }, { fate: 'unknown' }],
    ['a list', { headers: { precedence: 'bulk' } }, { fate: 'automatic' }],
    ['our own, come round', { from: 'permanence+2026-000123-4@operateur.example' }, { fate: 'automatic' }],
    ['the postmaster', { from: 'MAILER-DAEMON@samu.example' }, { fate: 'automatic' }],
    [
      'what came back',
      {
        from: 'MAILER-DAEMON@samu.example',
        returned: { recipients: ['a@b.example'], messageIds: ['<x@y>'] },
      },
      { fate: 'bounce', recipients: ['a@b.example'], messageIds: ['<x@y>'] },
    ],
  ])('%s', (_, given, fate) => {
    expect(fateOf(letter(given), OWN)).toEqual(fate)
  })
})

test.each([
  ['what he wrote', 'Le 15 passe.\n\nLe 26 nov. 2026, Permanence a écrit :\n> ancien', 'Le 15 passe.'],
  ['in English', 'It works.\r\nOn 26 Nov 2026 at 10:00, Permanence wrote:\r\n> old', 'It works.'],
  ['without a quotation', 'Seul\nsur deux lignes', 'Seul\nsur deux lignes'],
  ['nothing but a quotation', '> ancien', ''],
  ['too long', 'a'.repeat(LONGEST_WORDS + 1), `${'a'.repeat(LONGEST_WORDS - 1)}…`],
])('%s', (_, text, words) => {
  expect(wordsOf(text)).toBe(words)
})

test.each([
  [
    'failed',
    'Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; Nora@Samu.example\nAction: failed\nStatus: 5.1.1\n',
    ['nora@samu.example'],
  ],
  ['delayed', 'Final-Recipient: rfc822; nora@samu.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n', []],
  ['no report', 'Bonjour', []],
])('came back, %s', (_, report, recipients) => {
  expect(returnedTo(report)).toEqual(recipients)
})

/** Quadratic, each of these would take an hour. */
const LONG = 1_000_000
test.each([
  [
    'a recipient of nothing but at signs',
    () => returnedTo(`Final-Recipient: rfc822;${'@'.repeat(LONG)} x\nAction: failed\n`),
  ],
  ['of pairs', () => returnedTo(`Final-Recipient: rfc822;${'a@'.repeat(LONG)} x\nAction: failed\n`)],
  ['of blanks', () => returnedTo(`Final-Recipient: rfc822;${' '.repeat(LONG)}x\nAction: failed\n`)],
  ['a sender of nothing but plus signs', () => fateOf(letter({ from: `a@${'+'.repeat(LONG)}` }), OWN)],
  ['an answer to nothing but at signs', () => fateOf(letter({ answers: [`<${'@'.repeat(LONG)}`] }), OWN)],
  [
    'words that begin like a quotation',
    () => wordsOf(`Le ${'a écrit'.repeat(LONG / 7)}${' '.repeat(LONG)}x`),
  ],
])('a stranger’s letter is read in one go: %s', (_, read) => {
  expect(() => read()).not.toThrow()
})
