import { beginning } from '#app/_doors/rules/cut.ts'
import { isEmergencyNumber, readPhone } from '#app/directory/rules/phone.ts'

/** Why a line of a list is not written to. */
export const LEFT_OUT = ['invalid', 'landline', 'foreign', 'emergency', 'dead', 'duplicate'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

export type Named = { phone: string; name: string }
export type Audience = { kept: Named[]; leftOut: Partial<Record<LeftOut, number>> }

/** Far above any centre's list; a whole customer base dragged in by mistake stops here. [D] */
export const MOST_LINES = 50_000

/** A line each: « 06 39 98 00 01 », « 0639980001;Camille ». A head line without any figure is passed over. */
export function linesOf(typed: string): { written: string; name: string }[] {
  return typed.split(/\r?\n/).flatMap((line, at) => {
    const cells = line.split(/[;,\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    if (cells.every((cell) => cell === '')) return []
    // « SDIS 59;0639980001 »: figures in a name are no number while another cell is one.
    const numberAt = [isNumber, hasFigures].map((is) => cells.findIndex(is)).find((at) => at >= 0) ?? -1
    if (numberAt < 0) return at === 0 ? [] : [{ written: line.trim(), name: '' }]
    return [
      {
        written: cells[numberAt] ?? '',
        name: beginning(
          cells
            .filter((_, n) => n !== numberAt)
            .join(' ')
            .trim(),
          120,
        ),
      },
    ]
  })
}

const isNumber = (cell: string) =>
  hasFigures(cell) && (readPhone(cell).phone !== undefined || isEmergencyNumber(cell))
const hasFigures = (cell: string) => (cell.match(/\d/g)?.length ?? 0) >= 2

/**
 * Whom a message goes to: each telephone once, mobiles of the French plan alone. What is left out is counted by why. `dead`:
 * those that an earlier message could not reach at all.
 */
export function audienceOf(
  given: readonly { written: string; name: string }[],
  dead: ReadonlySet<string>,
): Audience {
  const kept = new Map<string, Named>()
  const leftOut: Partial<Record<LeftOut, number>> = {}
  const out = (why: LeftOut) => {
    leftOut[why] = (leftOut[why] ?? 0) + 1
  }
  for (const { written, name } of given) {
    const { phone } = readPhone(written)
    if (!phone) out(isEmergencyNumber(written) ? 'emergency' : 'invalid')
    else if (!HOME.test(phone)) out('foreign')
    else if (!MOBILE.test(phone)) out('landline')
    else if (dead.has(phone)) out('dead')
    else if (kept.has(phone)) out('duplicate')
    else kept.set(phone, { phone, name })
  }
  return { kept: [...kept.values()], leftOut }
}

/** The French plans, overseas and the Pacific included (Arcep; OPT of New Caledonia and Polynesia). */
const HOME = /^\+(?:33|262|508|590|594|596|681|687|689)/
const MOBILE =
  /^\+(?:33[67]|262(?:639|69[23])|590(?:69[01])|594694|596(?:69[67])|508[4-7]|681[78]|687[5789]|6898[79])/
