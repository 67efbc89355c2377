import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldPassphrase } from './fold-passphrase.ts'

const PHRASE = "l'été-canal-ardoise midi"

test.each([
  ['as it is', PHRASE],
  ['a blank at the end', `${PHRASE} `],
  ['a line end, as pasted', `${PHRASE}\r\n`],
  ['two blanks', "l'été-canal-ardoise  midi"],
  ['an unbreakable blank', "l'été-canal-ardoise\u00a0midi"],
  ['a narrow blank', "l'été-canal-ardoise\u202fmidi"],
  ['the unbreakable hyphen of a word processor', "l'été\u2011canal\u2011ardoise midi"],
  ['the true hyphen', "l'été\u2010canal\u2010ardoise midi"],
  ['the en dash', "l'été\u2013canal\u2013ardoise midi"],
  ['the em dash', "l'été\u2014canal\u2014ardoise midi"],
  ['the minus sign', "l'été\u2212canal\u2212ardoise midi"],
  ['the wide hyphen', "l'été\uff0dcanal\uff0dardoise midi"],
  ['a hyphen that is not shown', "l'été-ca\u00adnal-ardoise midi"],
  ['a mark that is not shown', "\u200bl'été-canal\u200d-ardoise midi\ufeff"],
  ['the curled apostrophe', 'l\u2019été-canal-ardoise midi'],
  ['the acute accent as apostrophe', 'l\u00b4été-canal-ardoise midi'],
  ['capitals of a sentence', "L'Été-Canal-Ardoise midi"],
  ['all capitals', "L'ÉTÉ-CANAL-ARDOISE MIDI"],
  ['accents in two pieces, as a Mac writes them', PHRASE.normalize('NFD')],
])('the same passphrase: %s', (_, typed) => {
  expect(foldPassphrase(typed)).toBe(PHRASE)
})

test('quotes of every country', () => {
  for (const typed of ['"a"', '“a”', '„a‟', '«a»', '\u2033a\u2033']) expect(foldPassphrase(typed)).toBe('"a"')
})

test.each([
  ['an accent left out', "l'ete-canal-ardoise midi"],
  ['a hyphen left out', "l'étécanal-ardoise midi"],
  ['a blank for a hyphen', "l'été canal-ardoise midi"],
  ['another order', "l'été-ardoise-canal midi"],
])('another passphrase: %s', (_, typed) => {
  expect(foldPassphrase(typed)).not.toBe(PHRASE)
})

test('folding what is folded changes nothing, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (typed) => {
      const once = foldPassphrase(typed)
      expect(foldPassphrase(once)).toBe(once)
    }),
    { numRuns: 200 },
  )
})
