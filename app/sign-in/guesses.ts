import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as french } from '@zxcvbn-ts/language-fr'
import { WORDS_OF_THE_TRADE, wordsOf } from './rules/passphrase.ts'

/** Beyond, a few more characters change nothing of the answer and all of its cost. */
const LOOKED_AT = 64

/**
 * How many tries a passphrase stands against someone who has the lists of stolen ones, the dictionary, the keyboard's
 * rows and what is known of its owner: as a power of ten.
 */
export function guessesOf(passphrase: string, about: string[]): number {
  judge ??= new ZxcvbnFactory({ dictionary: { ...common, ...french }, graphs: adjacencyGraphs })
  return judge.check(passphrase.slice(0, LOOKED_AT), [...WORDS_OF_THE_TRADE, ...wordsOf(about)]).guessesLog10
}
// The dictionaries are unpacked at the first question, not at the start of every process.
let judge: ZxcvbnFactory | undefined
