/** Ten: one a year, for years; more are not counted again by anybody. */
export const HOW_MANY = 10

/** No letter that is read for another on paper, none that is heard for another: thirty-one. */
export const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** Twelve of them, in threes of four: some 59 bits, which nobody guesses through a door that makes him wait. */
export const LENGTH = 12

export function shown(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-')
}

/** As it was meant, however it was typed; null when it is no such code. */
export function readRecoveryCode(typed: string): string | null {
  const bare = typed.toLowerCase().replace(/[\s\p{Pd}.]/gu, '')
  return bare.length === LENGTH && [...bare].every((sign) => ALPHABET.includes(sign)) ? bare : null
}
