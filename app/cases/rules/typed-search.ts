import { nameKey } from '#app/directory/rules/name-key.ts'
import { searchedDigits } from '#app/directory/rules/phone.ts'
import { plainOf } from '#app/directory/rules/plain-text.ts'

/** What people call a code: its words in each language. */
export type Called = ReadonlyMap<string, readonly string[]>

/** Words that half of the codes bear tell nothing apart. */
const MOST_CODES = 5
const MOST_PIECES = 12

/**
 * What was typed, in pieces that must all be found, each with the codes it may also be called by (`app.words_asked` in the
 * database spells them). A telephone number is one piece, whatever parts it.
 */
export function typedPieces(typed: string, called: Called): string[][] {
  const { plain } = plainOf(typed)
  const digits = searchedDigits(plain)
  if (digits && digits.length >= 6) return [[digits]]
  return withPhonesJoined(plain)
    .split(/\s+/)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
    .slice(0, MOST_PIECES)
    .map((piece) => [piece, ...codesOf(piece, called)])
}

/** As `app.code_word` writes it. */
export function codeWord(code: string): string {
  return `zz${code
    .toLowerCase()
    .replace(/_/g, '')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`
}

function codesOf(piece: string, called: Called): string[] {
  const word = nameKey(piece)
  if (word.length < 3) return []
  const codes = [...called].flatMap(([code, names]) =>
    names.some((name) =>
      nameKey(name)
        .split(' ')
        .some((one) => one.startsWith(word)),
    )
      ? [codeWord(code)]
      : [],
  )
  return codes.length <= MOST_CODES ? codes : []
}

const PHONE = /(?:\+|\b00)\d(?:[ .\-/()]{0,3}\d){7,}|\b0[1-9](?:[ .\-/]?\d\d){4}\b/g

function withPhonesJoined(plain: string): string {
  return plain.replace(PHONE, (number) => searchedDigits(number) ?? number)
}
