import { eq } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { incident } from '#db/schema/incidents.ts'
import { publicPage } from '#db/schema/statement.ts'
import { asActor } from '#db/transaction.ts'
import type { Input, pageInput } from '../input.ts'

/** Off by default. A director asks for it; it is on once an authority of a touched territory has turned it on too. */
export function openPublicPage(
  actor: Actor,
  input: Input<typeof pageInput>,
  now: Date,
): Promise<Result<{ reference: string }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account') return refused('statements.refused.absent')
    const on = { offAt: null, offByName: null }
    if (may(actor, 'public.open')) {
      const [about] = await tx.select().from(incident).where(eq(incident.reference, input.incident))
      if (!about) return refused('instructions.invalid.incident')
      if (about.state === 'closed') return refused('statements.refused.closed')
      const director = { directorAt: now, directorByName: actor.name, ...on }
      await tx
        .insert(publicPage)
        .values({
          exerciseId: exerciseOf(actor),
          incidentId: about.id,
          reference: about.reference,
          ...director,
        })
        // Turned on anew, it is anew for the authority to say.
        .onConflictDoUpdate({
          target: publicPage.incidentId,
          set: { ...director, authorityAt: null, authorityByName: null, authorityOrganisationId: null },
        })
      await append(tx, actor, {
        ...{ chain: `incident:${about.id}`, incidentId: about.id, at: now, visibility: 'internal' },
        event: 'public.opened',
        data: { incident: about.reference },
      })
      return { ok: true, value: { reference: about.reference } }
    }
    // The policy shows an authority the pages of what touches its territory, and nobody else any.
    if (!may(actor, 'instructions.answer') || !actor.organisationId || actor.territories.length === 0)
      return refused('statements.refused.absent')
    const [page] = await tx
      .select()
      .from(publicPage)
      .where(eq(publicPage.reference, input.incident))
      .for('update')
    if (!page?.directorAt || page.offAt) return refused('statements.refused.not_asked')
    await tx
      .update(publicPage)
      .set({ authorityAt: now, authorityByName: actor.name, authorityOrganisationId: actor.organisationId })
      .where(eq(publicPage.id, page.id))
    await append(tx, actor, {
      ...{ chain: `account:${actor.accountId}`, at: now, event: 'public.agreed', visibility: 'internal' },
      data: { incident: page.reference, by: actor.name, organisationId: actor.organisationId },
    })
    return { ok: true, value: { reference: page.reference } }
  })
}

/** Either of the two turns it off, alone and at once. */
export function closePublicPage(
  actor: Actor,
  input: Input<typeof pageInput>,
  now: Date,
): Promise<Result<{ reference: string }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account') return refused('statements.refused.absent')
    const cell = may(actor, 'instructions.decide')
    if (!cell && (!may(actor, 'instructions.answer') || actor.territories.length === 0))
      return refused('statements.refused.absent')
    const [page] = await tx
      .select()
      .from(publicPage)
      .where(eq(publicPage.reference, input.incident))
      .for('update')
    if (!page || page.offAt) return refused('statements.refused.off')
    await tx.update(publicPage).set({ offAt: now, offByName: actor.name }).where(eq(publicPage.id, page.id))
    await append(tx, actor, {
      ...{ at: now, event: 'public.closed', visibility: 'internal' },
      ...(cell
        ? { chain: `incident:${page.incidentId}`, incidentId: page.incidentId }
        : { chain: `account:${actor.accountId}` }),
      data: { incident: page.reference, by: actor.name },
    })
    return { ok: true, value: { reference: page.reference } }
  })
}
