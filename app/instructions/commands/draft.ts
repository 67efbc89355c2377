import { eq, sql } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { incident } from '#db/schema/incidents.ts'
import { instruction } from '#db/schema/instruction.ts'
import { emergencyNumber } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { draftInput, Input, reviseInput } from '../input.ts'
import type { Said } from '../rules/scope.ts'
import { type Fault, faultsOf } from '../rules/text.ts'
import { failingThere, held, note, saidBy } from './held.ts'

/** A text for one number, one calling network and one territory, with its end and its all clear. */
export function draftInstruction(
  actor: Actor,
  input: Input<typeof draftInput>,
  now: Date,
): Promise<Result<{ instructionId: number; number: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write'))
      return refused('instructions.refused.absent')
    const place = placeOfCode(input.territoryCode)
    if (!place) return refusedField('territoryCode', 'instructions.invalid.territory')
    const [known] = await tx.select().from(emergencyNumber).where(eq(emergencyNumber.number, input.failing))
    if (!known) return refusedField('failing', 'instructions.invalid.number')
    const about = input.incident ? await incidentOf(tx, input.incident) : null
    if (input.incident && !about) return refusedField('incident', 'instructions.invalid.incident')
    const { failing, callers, operator, slots, allClear, endsAt } = input
    const said = { failing, callers, operator, place, slots }
    const wrong = await refusedWords(tx, said, allClear, endsAt, now, null, about)
    if (wrong) return wrong
    // One after the other: a number is one text, whoever writes at the same moment.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('instruction.number'), ${exerciseOf(actor) ?? 0})`,
    )
    const [last] = await tx
      .select({ n: sql<number>`coalesce(max(${instruction.number}), 0)::int` })
      .from(instruction)
    const number = (last?.n ?? 0) + 1
    const [made] = await tx
      .insert(instruction)
      .values({
        exerciseId: exerciseOf(actor),
        number,
        incidentId: about,
        ...{ failing, callers, operator, territoryCode: place.code, slots, allClear, endsAt },
        draftedAt: now,
        draftedById: actorId(actor),
        draftedByName: actor.name,
      })
      .returning()
    if (!made) throw new Error('an instruction was not made')
    await note(tx, actor, made, { event: 'instruction.drafted', at: now, text: slots.todo })
    return { ok: true, value: { instructionId: made.id, number } }
  })
}

/** Other words: what was tested and agreed was of the former ones, and is asked again. */
export function reviseInstruction(
  actor: Actor,
  input: Input<typeof reviseInput>,
  now: Date,
): Promise<Result<{ instructionId: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('instructions.refused.absent')
    const one = await held(tx, input.instructionId, input.version, ['draft'])
    if ('ok' in one) return one
    const { slots, allClear, endsAt } = input
    const wrong = await refusedWords(
      ...([tx, { ...saidBy(one), slots }, allClear, endsAt, now, one.id, one.incidentId] as const),
    )
    if (wrong) return wrong
    await tx
      .update(instruction)
      .set({ slots, allClear, endsAt, version: one.version + 1, textVersion: one.textVersion + 1 })
      .where(eq(instruction.id, one.id))
    await note(tx, actor, one, { event: 'instruction.revised', at: now, text: slots.todo })
    return { ok: true, value: { instructionId: one.id } }
  })
}

/** Why these words are not taken, beside each slot; null when they are. */
async function refusedWords(
  tx: Tx,
  said: Said,
  allClear: string,
  endsAt: Date,
  now: Date,
  own: number | null,
  incidentId: number | null,
): Promise<Refusal | null> {
  if (endsAt <= now) return refusedField('endsAt', 'instructions.refused.end_past')
  const faults = faultsOf(said.slots, allClear, await failingThere(tx, said, own, incidentId))
  if (faults.length === 0) return null
  return {
    ok: false,
    reason: { key: 'forms.to_correct' },
    fields: Object.fromEntries(
      faults.map((fault) => [fieldOf(fault), refused(fault.key, fault.values).reason]),
    ),
  }
}

function fieldOf({ slot }: Fault): string {
  return slot === 'allClear' ? slot : `slots.${slot}`
}

async function incidentOf(tx: Tx, reference: string): Promise<number | null> {
  const [found] = await tx.select({ id: incident.id }).from(incident).where(eq(incident.reference, reference))
  return found?.id ?? null
}
