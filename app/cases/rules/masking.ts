import { plainOf } from '#app/directory/rules/plain-text.ts'
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
