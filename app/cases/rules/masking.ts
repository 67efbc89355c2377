import { plainOf } from '#app/directory/rules/plain-text.ts'
import { numbersIn } from './number-in-text.ts'

/**
 * Ten-digit and international numbers typed in free text are masked before they are stored: the tables from short to long
 * numbers (PDAAU) are confidential (DOMAIN §1.6). The first two digits stay, so that a reader sees that a number stood there.
 */
export function maskLongNumbers(text: string): string {
  let masked = text
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    if ((masked.match(/\p{Nd}/gu)?.length ?? 0) < FEWEST_DIGITS) return masked
    const before = masked
    masked = maskedOnce(before)
    // Without the first, a second one may be read that was hidden by it.
    if (masked === before) return masked
  }
  return masked
}

/** What hides another is a row of two figures that rises: no twenty numbers hide one another in turn. */
const MOST_PASSES = 20

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
