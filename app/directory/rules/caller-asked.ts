import type { OrganisationKind } from '#db/schema/directory.ts'
import { ANSWERED_BY, KIND_WORDS } from './kind-words.ts'
import { nameKey } from './name-key.ts'
import { searchedDigits } from './phone.ts'
import {
  isSmall,
  ofPostcode,
  type Places,
  placesCalled,
  singular,
  spelledOut,
  type Towns,
} from './place-words.ts'

/** One thing that was asked for: a word that must stand somewhere, unless it says a kind or a place. */
export type Term = {
  words: readonly string[]
  kinds: readonly OrganisationKind[]
  places: Places
  /** Digits of a telephone number. */
  digits: string | null
}

const NOWHERE: Places = { exact: [], near: [] }
const MOST_TERMS = 8
/** « territoire de belfort », « saint pierre et miquelon »: as many words as the longest name. */
const LONGEST = 5

/** What a person who takes a call types, as the directory understands it. */
export function callerAsked(typed: string, towns: Towns): Term[] {
  const whole = searchedDigits(typed)
  if (whole) return [digitsTerm(whole)]
  const { number, rest } = withoutNumber(typed)
  const all = wordsOf(rest)
  const terms: Term[] = []
  for (let at = 0; at < all.length && terms.length < MOST_TERMS; ) {
    const { term, length } = longest(all, at, towns)
    terms.push(term)
    at += length
  }
  const read = numbersAsServices(terms, rest)
  return number ? [...read, digitsTerm(number)] : read
}

/** Key words without articles: « S.A.M.U. » is one word, « 2 A » one code. */
function wordsOf(typed: string): string[] {
  const joined = nameKey(typed)
    .replace(/\b(?:[a-z] ){2,}[a-z]\b/g, (letters) => letters.replaceAll(' ', ''))
    .replace(/\b2 ([ab])\b/g, '2$1')
    .replace(/\bc est\b/g, '')
  return spelledOut(joined.split(' ')).filter((word) => word && !isSmall(word))
}

function longest(all: readonly string[], at: number, towns: Towns): { term: Term; length: number } {
  for (let length = Math.min(LONGEST, all.length - at); length > 0; length--) {
    const words = all.slice(at, at + length)
    const kinds = KINDS.get(words.map(singular).join(' ')) ?? []
    const places = placesCalled(words, towns)
    if (kinds.length > 0 || places)
      return { term: { words, kinds, places: places ?? NOWHERE, digits: null }, length }
  }
  return { term: wordTerm(all[at] ?? ''), length: 1 }
}

function wordTerm(word: string): Term {
  const near = /^\d{5}$/.test(word) ? ofPostcode(word) : []
  return {
    words: [word],
    kinds: [],
    places: { exact: [], near },
    digits: /^\d{4,}$/.test(word) ? word : null,
  }
}

function digitsTerm(digits: string): Term {
  const near = /^\d{5}$/.test(digits) ? ofPostcode(digits) : []
  return { words: [], kinds: [], places: { exact: [], near }, digits }
}

/**
 * « 15 » is the Cantal and the SAMU. Said with an article, or beside another place and no kind, it is who answers the number;
 * what is no département is always that.
 */
function numbersAsServices(terms: readonly Term[], typed: string): Term[] {
  const kindSaid = terms.some(({ kinds }) => kinds.length > 0)
  return terms.map((term) => {
    const [number = ''] = term.words
    const answers =
      term.words.length === 1 && Object.hasOwn(ANSWERED_BY, number) ? ANSWERED_BY[number] : undefined
    if (!answers) return term
    const article = new RegExp(`(?:^|[^\\p{L}])(?:le|au) ${number}(?!\\d)`, 'iu').test(typed)
    const elsewhere = terms.some(
      (other) => other !== term && other.places.exact.length + other.places.near.length > 0,
    )
    const isPlace = term.places.exact.length > 0
    return !isPlace || (!kindSaid && (article || elsewhere))
      ? { ...term, kinds: answers, places: NOWHERE }
      : term
  })
}

/** « samu 01 99 00 12 34 »: a number among words. */
function withoutNumber(typed: string): { number: string | null; rest: string } {
  const found = /(?:\+|\b)\d(?:[ .\-/()]{0,2}\d){7,}/.exec(typed)?.[0]
  const number = found ? searchedDigits(found) : null
  return number && found ? { number, rest: typed.replace(found, ' ') } : { number: null, rest: typed }
}

const KINDS = kindsByWords()

function kindsByWords(): Map<string, OrganisationKind[]> {
  const kinds = new Map<string, OrganisationKind[]>()
  for (const [kind, all] of Object.entries(KIND_WORDS) as [OrganisationKind, readonly string[]][])
    for (const words of all) {
      const key = words.split(' ').map(singular).join(' ')
      kinds.set(key, [...(kinds.get(key) ?? []), kind])
    }
  return kinds
}
