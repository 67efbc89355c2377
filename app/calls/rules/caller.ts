import { beginning } from '#app/_doors/rules/cut.ts'
import { readPhone } from '#app/directory/rules/phone.ts'

/** The number a switchboard gives. `phone`: E.164, null when withheld or unreadable; `shown`: what it said, never lost. */
export type CallerNumber = { phone: string | null; shown: string; withheld: boolean }

/** Words by which switchboards say that no number came. */
const WITHHELD = /^(anonym(ous|e)?|private|privé|restricted|unavailable|unknown|withheld|none|null|-)?$/i

/** « 33199001234 », « +33199001234 », « 0199001234 », « "CODIS" <sip:0199001234@10.0.0.1;user=phone> », « anonymous ». */
export function readCaller(given: string): CallerNumber {
  const shown = beginning(given.trim(), 80)
  const [, address] = /<([^>]*)>/.exec(shown) ?? []
  const user = (address ?? shown)
    .replace(/^(sips?|tel):/i, '')
    .split(/[@;]/)[0]
    ?.trim()
  if (!user || WITHHELD.test(user)) return { phone: null, shown, withheld: true }
  const phone =
    readPhone(user).phone ??
    // Without its plus, as a trunk hands it over.
    (/^[1-9]\d{9,14}$/.test(user) ? readPhone(`+${user}`).phone : undefined)
  return { phone: phone ?? null, shown, withheld: false }
}
