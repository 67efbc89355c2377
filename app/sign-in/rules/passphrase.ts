import type { Reason } from '#app/_doors/result.ts'

/**
 * Length is what resists guessing; signs and capitals are not asked for (NIST SP 800-63B reasons the same). 14: three
 * or four plain words, and longer than nearly everything on the lists of stolen ones.
 */
export const SHORTEST = 14
/** Above, hashing would only cost time. */
export const LONGEST = 200
/**
 * Powers of ten that someone who knows the lists, the keyboards and who one is would have to try. 10: with what the
 * throttle lets through to one account, thousands of years; one more would refuse four short common words.
 */
export const GUESSES = 10

/** What this trade says all day: the first words that someone who guesses would try here. */
export const WORDS_OF_THE_TRADE =
  'permanence samu sdis codis crra cta smur crossa cross police gendarmerie pompiers pompier prefecture préfecture mairie hopital hôpital urgence urgences secours centre appel appels cellule accueil crise orange operateur opérateur 15 17 18 112 114 115 119 196'.split(
    ' ',
  )

/** Why this passphrase (folded) may not be taken; null when it may. `guesses`: how many tries it would stand, as a power of ten. */
export function passphraseVerdict(wanted: string, about: string[], guesses: number): Reason | null {
  const characters = [...wanted]
  if (characters.length < SHORTEST) return { key: 'auth.passphrase.too_short', values: { min: SHORTEST } }
  if (characters.length > LONGEST) return { key: 'auth.passphrase.too_long', values: { max: LONGEST } }
  if (new Set(characters).size < 5) return { key: 'auth.passphrase.too_plain' }
  if (wordsOf(about).some((word) => word.length > 3 && wanted.includes(word.toLowerCase())))
    return { key: 'auth.passphrase.about_you' }
  if (guesses < GUESSES) return { key: 'auth.passphrase.too_common' }
  return null
}

/** A name or an address, and each of its parts. */
export function wordsOf(about: string[]): string[] {
  return about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean)
}
