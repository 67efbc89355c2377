/**
 * Ten-digit numbers typed in free text are masked before they are stored: the tables from short to long numbers
 * (PDAAU) are confidential (DOMAIN §1.6). The first two digits stay, so that a reader sees that a number stood there.
 */
const TEN_DIGITS =
  /(?<!\d)(?:(?:\+|00)\s?\d{1,3}[\s.-]?(?:\(0\)[\s.-]?)?[1-9]|0[1-9])(?:[\s.\-/]{0,2}\d){8}(?!\d)/g

export function maskLongNumbers(text: string): string {
  return text.replace(TEN_DIGITS, (found) => `${found.replace(/\D/g, '').slice(0, 2)} •• •• •• ••`)
}
