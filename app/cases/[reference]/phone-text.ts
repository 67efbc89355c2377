/** A national number by pairs, as it is read aloud; anything else as it is. */
export function phoneText(phone: string): string {
  return /^0\d{9}$/.test(phone) ? (phone.match(/../g) ?? []).join(' ') : phone
}
