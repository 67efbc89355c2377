import { eq, inArray } from 'drizzle-orm'
import { type Actor, actorId, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { cases } from '#db/schema/cases.ts'
import { incident, proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { decisionInput, Input } from '../input.ts'
import type { Watched } from '../rules/outgrown.ts'
import type { Episode } from '../rules/watch.ts'
import { joinIncident } from './gather.ts'
import { raiseCases, raiseIncident } from './raise.ts'

/**
 * A person answers a proposal. Accepted: the incident takes the cases; N3 raises them; a crisis is activated by the rule of the
 * clock, which reads this answer. Declined: with a name and a reason, and a new qualifying report asks again.
 * Two who decide at once: the first decides, the second is told.
 */
export function decideProposal(
  actor: Actor,
  input: Input<typeof decisionInput>,
  now: Date,
): Promise<Result<{ state: string }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'cases.work')) return refused('incidents.refused.absent')
    const [seen] = await tx.select().from(proposal).where(eq(proposal.id, input.proposalId)).for('update')
    if (!seen) return refused('incidents.refused.absent')
    if (seen.level === 'crisis' && !may(actor, 'crisis.decide'))
      return refused('incidents.refused.lead_decides')
    if (seen.state !== 'open' || (input.version && input.version !== seen.version)) {
      return {
        ...refused('incidents.refused.decided', { by: seen.decidedByName ?? '', state: seen.state }),
        conflict: { version: seen.version },
      }
    }
    const outside = input.decision === 'outside'
    const reason = (outside ? input.outsideReason : input.reason) ?? null
    if (input.decision !== 'accepted' && !reason)
      return outside
        ? refusedField('outsideReason', 'incidents.refused.shown_needed')
        : refusedField('reason', 'incidents.refused.reason_needed')
    if (outside && (seen.level !== 'crisis' || !seen.episode)) return refused('incidents.refused.absent')
    if (outside && !input.outsideCause) return refusedField('outsideCause', 'cases.invalid.required')
    const [other] = input.incidentReference
      ? await tx
          .select({ id: incident.id })
          .from(incident)
          .where(eq(incident.reference, input.incidentReference))
      : []
    if (input.incidentReference && !other) return refused('incidents.refused.absent')
    const incidentId = other?.id ?? seen.incidentId

    const state = input.decision === 'outside' ? ('watched' as const) : input.decision
    const decided = {
      state,
      outsideCause: (outside && input.outsideCause) || null,
      // How wide it was then: it comes back when it outgrows the cause.
      ...(outside ? { episode: { ...seen.episode, watched: widthOf(seen.episode) } } : {}),
      decidedAt: now,
      decidedById: actorId(actor),
      decidedByName: actor.name,
      decisionReason: reason,
      version: seen.version + 1,
      incidentId,
    }
    await tx.update(proposal).set(decided).where(eq(proposal.id, seen.id))
    if (input.decision === 'accepted') await carryOut(tx, actor, { ...seen, incidentId }, now)
    await append(tx, actor, {
      chain: 'proposals',
      at: now,
      visibility: 'internal',
      text: reason,
      event: EVENTS[state],
      ...(incidentId ? { incidentId } : {}),
      data: {
        ...{ proposalId: seen.id, rule: seen.rule, level: seen.level, caseIds: seen.caseIds },
        ...(outside ? { cause: input.outsideCause } : {}),
      },
    })
    return { ok: true, value: { state: input.decision } }
  })
}

const EVENTS = {
  accepted: 'proposal.accepted',
  declined: 'proposal.declined',
  watched: 'proposal.watched',
} as const

function widthOf(episode: (typeof proposal.$inferSelect)['episode']): Watched {
  const { places, years } = episode as unknown as Episode
  return { places: places.length, years }
}

async function carryOut(tx: Tx, actor: Actor, one: typeof proposal.$inferSelect, now: Date): Promise<void> {
  if (one.incidentId === null) return
  const loose = await tx.select({ id: cases.id }).from(cases).where(inArray(cases.id, one.caseIds))
  await joinIncident(
    tx,
    actor,
    {
      incidentId: one.incidentId,
      caseIds: loose.map((row) => row.id),
      reasonKey: one.reason.key,
      lastAt: null,
    },
    now,
  )
  const level = one.level === 'crisis' ? 4 : one.level === 'N3' ? 3 : null
  if (level === null) return
  await raiseIncident(tx, actor, one.incidentId, level, now)
  // A crisis raises the incident; each case keeps the level of its own loss, raised to N3 at least.
  await raiseCases(tx, actor, one.caseIds, 3, now)
}
