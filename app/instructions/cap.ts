import { eq } from 'drizzle-orm'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { getHotlinePhone, getSetting } from '#app/cell/settings.ts'
import { liesIn } from '#app/incidents/rules/places.ts'
import { TERRITORIES, territoryName } from '#db/reference/territories.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { type CapScope, capOf } from './rules/cap.ts'
import { isAllClear } from './rules/stage.ts'

/**
 * Of one that is or was in force: a draft is nobody's to relay. What another version cancelled is told by that version. Whoever may
 * read instructions read it while it was in force, and hears what became of it, though the rest of it is shown to him no more.
 */
export async function readCap({ exerciseId }: AccountActor, id: number, scope: CapScope) {
  const found = await asActor(machine('relay', exerciseId), (tx) => newestFrom(tx, id))
  if (!found) return null
  const { one, former } = found
  const [operator, phone] = [await getSetting('operator_name'), await getHotlinePhone()]
  return {
    number: one.number,
    xml: capOf({
      ...one,
      ...{ operator, scope, exercise: one.exerciseId, replaces: former },
      sender: `tel:${phone.replace(/[^\d+]/g, '') || 'permanence'}`,
      allClearAt: isAllClear(one) ? one.endedAt : null,
      area: areaOf(one.territoryCode),
    }),
  }
}

type Said = typeof instruction.$inferSelect & { inForceAt: Date }

async function newestFrom(tx: Tx, id: number): Promise<{ one: Said; former: Said | null } | null> {
  const one = await saidOnce(tx, id)
  if (!one) return null
  const [next] = await tx
    .select({ id: instruction.id })
    .from(instruction)
    .where(eq(instruction.replacesId, one.id))
  if (next) return newestFrom(tx, next.id)
  return { one, former: one.replacesId ? await saidOnce(tx, one.replacesId) : null }
}

async function saidOnce(tx: Tx, id: number): Promise<Said | null> {
  const [one] = await tx.select().from(instruction).where(eq(instruction.id, id))
  return one?.inForceAt ? { ...one, inForceAt: one.inForceAt } : null
}

/** A territory by the official codes of its départements; our own codes of regions and zones say nothing outside. */
function areaOf(code: string) {
  const name = territoryName(code)
  const inside = TERRITORIES.filter((one) => one.kind === 'departement' && liesIn(one.code, code))
  return { name, insee: inside.map((one) => one.code) }
}
