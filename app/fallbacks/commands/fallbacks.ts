import { and, eq, sql } from 'drizzle-orm'
import { type Actor, exerciseOf, may } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { phoneReason, readPhone, showPhone } from '#app/directory/rules/phone.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { organisation } from '#db/schema/directory.ts'
import { fallback, fallbackLine, fallbackTest } from '#db/schema/fallback.ts'
import { incident } from '#db/schema/incidents.ts'
import { emergencyNumber } from '#db/schema/reference.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { Input, lookInput, moveInput, openInput, planInput, publishInput } from '../input.ts'
import { mayOpen } from '../rules/fallback.ts'

export type FallbackRow = typeof fallback.$inferSelect

/** A number that stands in for a short one, before anybody is told of it. */
export function planFallback(
  actor: Actor,
  input: Input<typeof planInput>,
  now: Date,
): Promise<Result<{ fallbackId: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('fallbacks.refused.absent')
    const place = placeOfCode(input.territoryCode)
    if (!place) return refusedField('territoryCode', 'fallbacks.invalid.territory')
    const [known] = await tx.select().from(emergencyNumber).where(eq(emergencyNumber.number, input.covers))
    if (!known) return refusedField('covers', 'fallbacks.invalid.covers')
    const { phone, fault } = readPhone(input.phone, input.territoryCode)
    if (fault) return { ok: false, reason: phoneReason(fault), fields: { phone: phoneReason(fault) } }
    const [owner] = await tx
      .select({ id: organisation.id })
      .from(organisation)
      .where(and(eq(organisation.id, input.organisationId), eq(organisation.active, true)))
    if (!owner) return refusedField('organisationId', 'fallbacks.invalid.owner')
    const [about] = input.incident
      ? await tx.select({ id: incident.id }).from(incident).where(eq(incident.reference, input.incident))
      : []
    if (input.incident && !about) return refusedField('incident', 'instructions.invalid.incident')
    const { covers, capacity, reroute, probed } = input
    const [made] = await tx
      .insert(fallback)
      .values({
        exerciseId: exerciseOf(actor),
        ...{ covers, capacity, reroute, probed, plannedAt: now },
        territoryCode: place.code,
        organisationId: owner.id,
        incidentId: about?.id ?? null,
      })
      .returning()
    if (!made) throw new Error('a fallback number was not made')
    await tx.insert(fallbackLine).values({ fallbackId: made.id, exerciseId: exerciseOf(actor), phone })
    await note(tx, actor, made, { event: 'fallback.planned', at: now })
    return { ok: true, value: { fallbackId: made.id } }
  })
}

/** Open to whoever is told of it, until its end. */
export function openFallback(actor: Actor, input: Input<typeof openInput>, now: Date) {
  return move(actor, input, now, async (tx, one, by) => {
    if (one.state !== 'planned') return refused('fallbacks.refused.opened')
    if (input.endsAt <= now) return refusedField('endsAt', 'fallbacks.refused.end_past')
    const lacks = mayOpen(await testsOf(tx, one.id))
    if (lacks) return { ok: false, reason: lacks }
    return {
      set: { state: 'open', openedAt: now, openedByName: by, endsAt: input.endsAt },
      event: 'fallback.opened',
      data: { endsAt: input.endsAt.toISOString() },
    }
  })
}

export function publishFallback(actor: Actor, input: Input<typeof publishInput>, now: Date) {
  return move(actor, input, now, async (_, one, by) => {
    if (one.state !== 'open') return refused('fallbacks.refused.not_open')
    return {
      set: { publishedWhere: input.where, publishedByName: by, publishedAt: now },
      event: 'fallback.published',
      text: input.where,
    }
  })
}

/** Its end is said to those who use it; only then is it closed. */
export function announceFallbackEnd(actor: Actor, input: Input<typeof moveInput>, now: Date) {
  return move(actor, input, now, async (_, one) =>
    one.state === 'open'
      ? { set: { announcedAt: now }, event: 'fallback.announced' }
      : refused('fallbacks.refused.not_open'),
  )
}

export function closeFallback(actor: Actor, input: Input<typeof moveInput>, now: Date) {
  return move(actor, input, now, async (_, one, by) => {
    if (one.state === 'closed') return refused('fallbacks.refused.closed')
    if (one.state === 'open' && one.publishedAt && !one.announcedAt)
      return refused('fallbacks.refused.announce_first')
    return { set: { state: 'closed', closedAt: now, closedByName: by }, event: 'fallback.closed' }
  })
}

/** The temporary change of routing behind it is taken out. */
export function takeRerouteOut(actor: Actor, input: Input<typeof moveInput>, now: Date) {
  return move(actor, input, now, async (_, one) =>
    one.reroute && !one.rerouteOutAt
      ? { set: { rerouteOutAt: now }, event: 'fallback.reroute_out' }
      : refused('fallbacks.refused.no_reroute'),
  )
}

/** The number in clear, for whoever needs it: each look is a line of the journal. */
export function lookAtNumber(
  actor: Actor,
  input: Input<typeof lookInput>,
  now: Date,
): Promise<Result<{ phone: string }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account') return refused('fallbacks.refused.absent')
    // The policy shows the number to its owner, and to whoever may look at any.
    const [found] = await tx
      .select({ one: fallback, phone: fallbackLine.phone })
      .from(fallback)
      .innerJoin(fallbackLine, eq(fallbackLine.fallbackId, fallback.id))
      .where(eq(fallback.id, input.fallbackId))
    if (!found) return refused('fallbacks.refused.absent')
    const line = { event: 'fallback.looked' as const, at: now, visibility: 'internal' as const }
    const data = { fallbackId: found.one.id, number: found.one.covers, territory: found.one.territoryCode }
    if (may(actor, 'fallbacks.look')) await note(tx, actor, found.one, line)
    else await append(tx, actor, { ...line, chain: `account:${actor.accountId}`, data })
    return { ok: true, value: { phone: showPhone(found.phone) } }
  })
}

type Moved = {
  set: Partial<FallbackRow>
  event: Line['event']
  data?: Record<string, unknown>
  text?: string
}

async function move(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
  decide: (tx: Tx, one: FallbackRow, by: string) => Promise<Moved | Refusal>,
): Promise<Result<{ fallbackId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write')) return refused('fallbacks.refused.absent')
    const [one] = await tx.select().from(fallback).where(eq(fallback.id, input.fallbackId)).for('update')
    if (!one) return refused('fallbacks.refused.absent')
    if (one.version !== input.version) return overtaken(one)
    const moved = await decide(tx, one, actor.name)
    if ('ok' in moved) return moved
    await tx
      .update(fallback)
      .set({ ...moved.set, version: one.version + 1 })
      .where(eq(fallback.id, one.id))
    const { event, data, text } = moved
    await note(tx, actor, one, { event, at: now, text: text ?? null, data: data ?? {} })
    return { ok: true, value: { fallbackId: one.id } }
  })
}

function testsOf(tx: Tx, id: number) {
  return tx
    .select()
    .from(fallbackTest)
    .where(eq(fallbackTest.fallbackId, id))
    .orderBy(sql`${fallbackTest.id}`)
}

export function note(
  tx: Tx,
  actor: Actor,
  one: FallbackRow,
  { data, ...line }: Pick<Line, 'event' | 'at'> & Partial<Line>,
): Promise<void> {
  return append(tx, actor, {
    chain: `fallback:${one.id}`,
    ...(one.incidentId ? { incidentId: one.incidentId } : {}),
    visibility: 'internal',
    ...line,
    data: { fallbackId: one.id, number: one.covers, territory: one.territoryCode, ...data },
  })
}
