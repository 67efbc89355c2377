import type { AccountActor } from '#app/_auth/actor.ts'
import type { Reason } from '#app/_doors/result.ts'
import { type CommuneFault, communeTyped } from '#app/directory/communes.ts'
import { asActor } from '#db/transaction.ts'

/** More names than anybody types by hand; what lies beyond stays in the words. */
const MOST_NAMES = 30

/**
 * Communes typed and not picked in the list: taken when they mean one; asked about when they mean several or none. The whole
 * is read first (a name may hold a comma), then its parts.
 */
export function placesSaid(
  actor: AccountActor,
  typed: string,
  territoryCode: string,
): Promise<{ codes: string[]; fault: Reason | null }> {
  return asActor(actor, async (tx) => {
    const whole = await communeTyped(tx, typed, territoryCode)
    if ('code' in whole) return { codes: whole.code ? [whole.code] : [], fault: null }
    const parts = typed
      .split(/[,;\n]| et | and /i)
      .map((part) => part.trim())
      .filter(Boolean)
      .slice(0, MOST_NAMES)
    if (parts.length < 2) return { codes: [], fault: reasonOf(typed, whole) }
    // Sent together down one connection: one round trip, or two.
    const read = await Promise.all(parts.map((part) => communeTyped(tx, part, territoryCode)))
    const codes = read.flatMap((one) => ('code' in one && one.code ? [one.code] : []))
    const faults = read.flatMap((one, at) => ('fault' in one ? [reasonOf(parts[at] ?? '', one)] : []))
    return { codes, fault: faults[0] ?? null }
  })
}

function reasonOf(said: string, { values }: CommuneFault): Reason {
  return values
    ? { key: 'cases.invalid.commune_several', values: { said, ...values } }
    : { key: 'cases.invalid.commune_none', values: { said } }
}
