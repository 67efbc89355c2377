import type { Reason } from '#app/_doors/result.ts'

/** Length is what resists guessing; signs and capitals are not asked for (NIST SP 800-63B reasons the same). */
export const SHORTEST = 12
/** Above, hashing would only cost time. */
export const LONGEST = 200

/** Why this passphrase may not be taken; null when it may. */
export function passphraseVerdict(wanted: string, about: string[]): Reason | null {
  const characters = [...wanted.normalize('NFKC')]
  if (characters.length < SHORTEST) return { key: 'auth.passphrase.too_short', values: { min: SHORTEST } }
  if (characters.length > LONGEST) return { key: 'auth.passphrase.too_long', values: { max: LONGEST } }
  if (new Set(characters).size < 5) return { key: 'auth.passphrase.too_plain' }
  const said = wanted.toLowerCase()
  if (about.some((word) => word.length > 3 && said.includes(word.toLowerCase())))
    return { key: 'auth.passphrase.about_you' }
  return null
}
