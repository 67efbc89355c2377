import { numbersIn } from './number-in-text.ts'

/**
 * Ten-digit and international numbers typed in free text are masked before they are stored: the tables from short to long
 * numbers (PDAAU) are confidential (DOMAIN §1.6). The first two digits stay, so that a reader sees that a number stood there.
 */
export function maskLongNumbers(text: string): string {
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) < FEWEST_DIGITS) return text
  const masked = maskedOnce(text)
  // Without the first, a second one may be read that was hidden by it.
  return masked === text ? text : maskLongNumbers(masked)
}

/** The shortest number written whole: six digits after the code of a country. */
const FEWEST_DIGITS = 8

function maskedOnce(text: string): string {
  const { plain, at } = plainOf(text)
  let left = 0
  let masked = ''
  for (const { from, to } of numbersIn(plain)) {
    const digits = plain.slice(from, to).replace(/\D/g, '')
    masked += `${text.slice(left, at[from])}${digits.slice(0, 2)} •• •• •• ••`
    left = at[to] ?? text.length
  }
  return masked + text.slice(left)
}

/**
 * The text as a person reads it, whatever keyboard or word processor wrote it: `plain[i]` stands at `at[i]`. What cannot
 * be seen (zero-width, soft hyphen, direction marks, the frame of a keycap) is not there.
 */
function plainOf(text: string): { plain: string; at: number[] } {
  let plain = ''
  const at: number[] = []
  let index = 0
  for (const sign of text) {
    const seen = UNSEEN.test(sign) || (sign === '\r' && text[index + 1] === '\n') ? '' : readSign(sign)
    plain += seen
    if (seen) at.push(index)
    index += sign.length
  }
  // The end of a sign is the beginning of the next one seen.
  return { plain, at: [...at, text.length] }
}

const UNSEEN = /^[\p{Cf}\p{M}]$/u

/** One sign for one sign. */
function readSign(sign: string): string {
  if (/\p{Nd}/u.test(sign)) return /\d/.exec(sign.normalize('NFKC'))?.[0] ?? String(lowDigit(sign))
  if (/[\p{Pd}−⁃˗]/u.test(sign)) return '-'
  if (/[\n\r\u2028\u2029\v\f]/.test(sign)) return '\n'
  if (/\s/u.test(sign)) return ' '
  if ('·․‧∙。．｡'.includes(sign)) return '.'
  if ('⁄∕／＼\\'.includes(sign)) return '/'
  if ('（［[{'.includes(sign)) return '('
  if ('）］]}'.includes(sign)) return ')'
  if ('＋﹢'.includes(sign)) return '+'
  const folded = sign.normalize('NFKD').toLowerCase()
  return folded.length === 1 || /^\p{L}\p{M}+$/u.test(folded)
    ? folded.charAt(0)
    : sign.length === 1
      ? sign
      : '?'
}

// Arabic and Persian digits stand in the order of their last hexadecimal figure.
function lowDigit(sign: string): number {
  return ((sign.codePointAt(0) ?? 0) & 0xf) % 10
}
