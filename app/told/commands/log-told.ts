import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { requiredText } from '#app/cases/fields.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { incidentTold } from '#db/schema/statement.ts'
import { asActor } from '#db/transaction.ts'

export const toldInput = z.object({
  incident: z.string().trim().min(1),
  organisationId: z.coerce.number('told.invalid.organisation').int().positive('told.invalid.organisation'),
  how: requiredText,
})

/** Somebody was told otherwise than by a notice: a call, a radio, a visit. */
export function logTold(
  actor: Actor,
  input: z.output<typeof toldInput>,
  now: Date,
): Promise<Result<{ reference: string }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write')) return refused('told.refused.absent')
    const [about] = await tx.select().from(incident).where(eq(incident.reference, input.incident))
    if (!about) return refused('instructions.invalid.incident')
    const [org] = await tx
      .select()
      .from(organisation)
      .where(and(eq(organisation.id, input.organisationId), eq(organisation.active, true)))
    if (!org) return refusedField('organisationId', 'told.invalid.organisation')
    await tx.insert(incidentTold).values({
      ...{ exerciseId: exerciseOf(actor), incidentId: about.id, organisationId: org.id },
      ...{ at: now, byName: actor.name, how: input.how },
    })
    await append(tx, actor, {
      ...{ chain: `incident:${about.id}`, incidentId: about.id, at: now, event: 'incident.told' },
      ...{ visibility: 'internal', text: input.how, data: { organisationId: org.id, name: org.name } },
    })
    return { ok: true, value: { reference: about.reference } }
  })
}
