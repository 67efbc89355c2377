import { and, eq } from 'drizzle-orm'
import { type Actor, actorId, exerciseOf, may } from '#app/_auth/actor.ts'
import { overtaken, type Refusal, type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append, type Line } from '#app/_journal/append.ts'
import { placeOfCode } from '#app/incidents/rules/places.ts'
import { mayValidate } from '#app/instructions/rules/asked.ts'
import { faultOfText } from '#app/instructions/rules/text.ts'
import { organisation } from '#db/schema/directory.ts'
import { incident } from '#db/schema/incidents.ts'
import { statement } from '#db/schema/statement.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { draftInput, givenInput, Input, moveInput } from '../input.ts'

type Row = typeof statement.$inferSelect

/** What will be said outside, from the same facts; nobody reads it outside before it is approved. */
export function draftStatement(
  actor: Actor,
  input: Input<typeof draftInput>,
  now: Date,
): Promise<Result<{ statementId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write'))
      return refused('statements.refused.absent')
    const [about] = await tx.select().from(incident).where(eq(incident.reference, input.incident))
    if (!about) return refused('instructions.invalid.incident')
    if (!placeOfCode(input.territoryCode))
      return refusedField('territoryCode', 'instructions.invalid.territory')
    if (input.nextAt <= now) return refusedField('nextAt', 'statements.refused.next_past')
    if (input.embargoUntil && input.embargoUntil <= now)
      return refusedField('embargoUntil', 'statements.refused.embargo_past')
    // What the public must know is not kept from it for an hour that suits.
    if (input.embargoUntil && input.audience === 'public')
      return refusedField('embargoUntil', 'statements.refused.embargo_public')
    const fault = faultOfText(input.text)
    if (fault) return refusedField('text', fault.key, fault.values)
    const { audience, territoryCode, text, nextAt, embargoUntil } = input
    const [made] = await tx
      .insert(statement)
      .values({
        exerciseId: exerciseOf(actor),
        incidentId: about.id,
        ...{ audience, territoryCode, text, nextAt, embargoUntil },
        ...{ draftedAt: now, draftedById: actorId(actor), draftedByName: actor.name },
      })
      .returning()
    if (!made) throw new Error('a statement was not made')
    await note(tx, actor, made, { event: 'statement.drafted', at: now, text })
    return { ok: true, value: { statementId: made.id } }
  })
}

/**
 * To the media it is approved by a named director, another than who wrote it; to the public by the authority of its territory,
 * for nobody else may speak to the public there.
 */
export function approveStatement(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
): Promise<Result<{ statementId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account') return refused('statements.refused.absent')
    const one = await held(tx, input)
    if ('ok' in one) return one
    if (one.state !== 'draft') return refused('statements.refused.decided')
    const approved = {
      state: 'approved' as const,
      approvedAt: now,
      approvedById: actor.accountId,
      approvedByName: actor.name,
    }
    if (one.audience === 'media') {
      if (!may(actor, 'public.open')) return refused('statements.refused.director')
      if (one.draftedById === actor.accountId) return refused('statements.refused.own')
      await change(tx, one, approved)
      await note(tx, actor, one, { event: 'statement.approved', at: now, data: { by: actor.name } })
      return { ok: true, value: { statementId: one.id } }
    }
    const [org] = await tx
      .select()
      .from(organisation)
      .where(eq(organisation.id, actor.organisationId ?? 0))
    const place = placeOfCode(one.territoryCode) ?? { code: one.territoryCode, parents: [] }
    if (
      !may(actor, 'instructions.answer') ||
      !org ||
      !mayValidate({ ...org, sees: actor.territories }, place)
    )
      return refused('statements.refused.authority')
    await change(tx, one, { ...approved, approvedFor: org.id })
    await append(tx, actor, {
      ...{
        chain: `account:${actor.accountId}`,
        at: now,
        event: 'statement.approved',
        visibility: 'internal',
      },
      data: { statementId: one.id, organisationId: org.id, by: actor.name },
    })
    return { ok: true, value: { statementId: one.id } }
  })
}

export function withdrawStatement(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
): Promise<Result<{ statementId: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('statements.refused.absent')
    const one = await held(tx, input)
    if ('ok' in one) return one
    if (one.state === 'withdrawn') return refused('statements.refused.decided')
    await change(tx, one, { state: 'withdrawn' })
    await note(tx, actor, one, { event: 'statement.withdrawn', at: now })
    return { ok: true, value: { statementId: one.id } }
  })
}

/** Who said it to whom: approved, and its embargo over. */
export function giveStatement(
  actor: Actor,
  input: Input<typeof givenInput>,
  now: Date,
): Promise<Result<{ statementId: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('statements.refused.absent')
    const [one] = await tx.select().from(statement).where(eq(statement.id, input.statementId))
    if (!one) return refused('statements.refused.absent')
    if (one.state !== 'approved') return refused('statements.refused.not_approved')
    if (one.embargoUntil && one.embargoUntil > now) return refused('statements.refused.embargo')
    const { by, to } = input
    await note(tx, actor, one, {
      event: 'statement.given',
      at: now,
      text: one.text,
      data: { saidBy: by, to },
    })
    return { ok: true, value: { statementId: one.id } }
  })
}

async function held(tx: Tx, input: Input<typeof moveInput>): Promise<Row | Refusal> {
  const [one] = await tx.select().from(statement).where(eq(statement.id, input.statementId)).for('update')
  if (!one) return refused('statements.refused.absent')
  if (one.version !== input.version) return overtaken(one)
  return one
}

async function change(tx: Tx, one: Row, set: Partial<Row>): Promise<void> {
  await tx
    .update(statement)
    .set({ ...set, version: one.version + 1 })
    .where(and(eq(statement.id, one.id), eq(statement.version, one.version)))
}

function note(
  tx: Tx,
  actor: Actor,
  one: Row,
  { data, ...line }: Pick<Line, 'event' | 'at'> & Partial<Line>,
): Promise<void> {
  return append(tx, actor, {
    ...{ chain: `incident:${one.incidentId}`, incidentId: one.incidentId, visibility: 'internal' },
    ...line,
    data: { statementId: one.id, audience: one.audience, territory: one.territoryCode, ...data },
  })
}
