import { and, eq, inArray } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { organisation } from '#db/schema/directory.ts'
import { type AskedPart, instruction, instructionAsked } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import type { askInput, Input } from '../input.ts'
import { mayValidate } from '../rules/asked.ts'
import { ANSWER_WITHIN_MIN } from '../rules/stage.ts'
import { held, note, saidBy, standing } from './held.ts'

/** Each actor concerned, and the authority: asked by message, with an hour after which somebody telephones. Asked once a text. */
export function askActors(
  actor: Actor,
  input: Input<typeof askInput>,
  now: Date,
): Promise<Result<{ asked: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('instructions.refused.absent')
    const one = await held(tx, input.instructionId, input.version, ['draft'])
    if ('ok' in one) return one
    const { stage, lacks } = await standing(tx, one)
    // Nobody is asked to agree to a way round that nobody has tried.
    if (stage === 'drafted' && lacks) return { ok: false, reason: lacks }
    if (input.actors.length + input.authorities.length === 0)
      return refusedField('actors', 'instructions.invalid.actors')
    const named = await tx
      .select()
      .from(organisation)
      .where(
        and(inArray(organisation.id, [...input.actors, ...input.authorities]), eq(organisation.active, true)),
      )
    const outside = named.find(
      (org) => input.authorities.includes(org.id) && !mayValidate(org, saidBy(one).place),
    )
    if (outside)
      return refusedField('authorities', 'instructions.refused.outside', { organisation: outside.name })
    const deadlineAt = new Date(now.getTime() + ANSWER_WITHIN_MIN * 60_000)
    const rows = (['actor', 'authority'] as AskedPart[]).flatMap((part) =>
      named
        .filter((org) => (part === 'actor' ? input.actors : input.authorities).includes(org.id))
        .map((org) => ({
          exerciseId: exerciseOf(actor),
          instructionId: one.id,
          textVersion: one.textVersion,
          organisationId: org.id,
          ...{ part, askedAt: now, deadlineAt },
        })),
    )
    const made = await tx.insert(instructionAsked).values(rows).onConflictDoNothing().returning()
    if (made.length === 0) return refused('instructions.refused.asked_already')
    await tx
      .update(instruction)
      .set({ version: one.version + 1 })
      .where(eq(instruction.id, one.id))
    for (const row of made)
      await note(tx, actor, one, {
        event: 'instruction.asked',
        at: now,
        data: { organisationId: row.organisationId, part: row.part },
      })
    return { ok: true, value: { asked: made.length } }
  })
}
