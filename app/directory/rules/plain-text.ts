/**
 * The text as a person reads it, whatever keyboard or word processor wrote it: `plain[i]` stands at `at[i]`. What cannot
 * be seen (zero-width, soft hyphen, direction marks, the frame of a keycap) is not there.
 */
export function plainOf(text: string): { plain: string; at: number[] } {
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
  // « nº », « nᵒ »: whoever has no degree sign at hand.
  if ('ºᵒ'.includes(sign)) return '°'
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
