import { eq } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { timeOf } from '#app/_auth/lookup.ts'
import { getHotlinePhone, getSetting } from '#app/cell/settings.ts'
import { liesIn } from '#app/incidents/rules/places.ts'
import { TERRITORIES, territoryName } from '#db/reference/territories.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import { type CapScope, capOf } from './rules/cap.ts'

/** Of one in force, or over: a draft is nobody's to relay. */
export async function readCap(actor: AccountActor, id: number, scope: CapScope, wall: Date) {
  const now = await timeOf(actor, wall)
  const [one] = await asActor(actor, (tx) => tx.select().from(instruction).where(eq(instruction.id, id)))
  if (!one?.inForceAt) return null
  const [operator, phone] = [await getSetting('operator_name'), await getHotlinePhone()]
  const over = one.state === 'ended'
  return {
    number: one.number,
    xml: capOf({
      number: one.number,
      operator,
      sender: `tel:${phone.replace(/[^\d+]/g, '') || 'permanence'}`,
      sentAt: over && one.endedAt ? one.endedAt : one.inForceAt,
      endsAt: over ? new Date(now.getTime() + AFTER_MS) : one.endsAt,
      slots: one.slots,
      allClear: one.allClear,
      scope,
      exercise: one.exerciseId !== null,
      over,
      inForceAt: one.inForceAt,
      area: areaOf(one.territoryCode),
    }),
  }
}

/** An all clear is worth reading for so long. */
const AFTER_MS = 24 * 3600_000

/** A territory by the official codes of its départements; our own codes of regions and zones say nothing outside. */
function areaOf(code: string) {
  const name = territoryName(code)
  const inside = TERRITORIES.filter((one) => one.kind === 'departement' && liesIn(one.code, code))
  return { name, insee: inside.map((one) => one.code) }
}
