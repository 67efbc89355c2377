/** A French number in its national form, digits only: '0199001234'. Null when it is none. */
export function readPhone(text: string): string | null {
  const digits = text.replace(/[\s.\-()/ ]/g, '').replace(/^(\+|00)(33|262|508|590|594|596|687|689)0?/, '0')
  return /^0\d{9}$/.test(digits) ? digits : null
}

/** As it is read aloud: '01 99 00 12 34'. */
export function spokenPhone(phone: string): string {
  return phone.replace(/(\d\d)(?=\d)/g, '$1 ')
}
