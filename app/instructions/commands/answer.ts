import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { type AccountActor, type Actor, actorName, may } from '#app/_auth/actor.ts'
import { type Result, refused, refusedField } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { organisation } from '#db/schema/directory.ts'
import { type Answer, instruction, instructionAsked } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { answerInput, callInput, Input } from '../input.ts'
import { mayValidate } from '../rules/asked.ts'
import { ANSWER_WITHIN_MIN } from '../rules/stage.ts'
import { note, saidBy } from './held.ts'

type AskedRow = typeof instructionAsked.$inferSelect

/** An actor agrees or refuses, an authority validates or refuses: each for its own organisation, once a text. */
export function answerInstruction(
  actor: Actor,
  input: Input<typeof answerInput>,
  now: Date,
): Promise<Result<{ answer: Answer }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind !== 'account' || !actor.organisationId || !may(actor, 'instructions.answer'))
      return refused('instructions.refused.absent')
    const [one] = await tx.select().from(instruction).where(eq(instruction.id, input.instructionId))
    if (!one) return refused('instructions.refused.absent')
    const rows = await tx
      .select()
      .from(instructionAsked)
      .where(
        and(
          eq(instructionAsked.instructionId, one.id),
          eq(instructionAsked.organisationId, actor.organisationId),
        ),
      )
      .for('update')
    if (rows.length === 0) return refused('instructions.refused.absent')
    if (one.state !== 'draft') return refused(`instructions.refused.is_${one.state}`)
    if (one.textVersion !== input.textVersion) return refused('instructions.refused.other_words')
    const open = rows.filter((row) => row.textVersion === one.textVersion && row.answer === null)
    if (open.length === 0) return refused('instructions.refused.answered_already')
    // What it may validate may have been taken from it since it was asked.
    const own = {
      id: actor.organisationId,
      kind: await kindOf(tx, actor),
      territoryCode: '',
      sees: actor.territories,
    }
    if (open.some((row) => row.part === 'authority') && !mayValidate(own, saidBy(one).place))
      return refused('instructions.refused.outside_own')
    for (const row of open) {
      await write(tx, row, { answer: input.answer, by: actor.name, reason: input.reason }, now)
      await append(tx, actor, {
        chain: `account:${actor.accountId}`,
        at: now,
        event: 'instruction.answered',
        visibility: 'internal',
        text: input.reason,
        data: {
          ...{ instructionId: one.id, number: one.number, organisationId: row.organisationId },
          ...{ part: row.part, answer: input.answer, by: actor.name },
        },
      })
    }
    return { ok: true, value: { answer: input.answer } }
  })
}

/** "I have read it", by the link in the message or by opening the page. It is no answer. */
export function acknowledgeInstruction(actor: AccountActor, instructionId: number, now: Date): Promise<void> {
  return asActor(actor, async (tx) => {
    if (!actor.organisationId || !may(actor, 'instructions.answer')) return
    const rows = await tx
      .select()
      .from(instructionAsked)
      .where(
        and(
          eq(instructionAsked.instructionId, instructionId),
          eq(instructionAsked.organisationId, actor.organisationId),
        ),
      )
      .for('update')
    for (const row of rows)
      if (!row.acknowledgedAt)
        await tx
          .update(instructionAsked)
          .set({ acknowledgedAt: now, acknowledgedByName: actor.name })
          .where(eq(instructionAsked.id, row.id))
  })
}

/** Somebody telephoned: what came of it, and what was answered, by whom. */
export function logInstructionCall(
  actor: Actor,
  input: Input<typeof callInput>,
  now: Date,
): Promise<Result<{ answer: Answer | null }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write'))
      return refused('instructions.refused.absent')
    const [row] = await tx
      .select()
      .from(instructionAsked)
      .where(eq(instructionAsked.id, input.askedId))
      .for('update')
    const [one] = row ? await tx.select().from(instruction).where(eq(instruction.id, row.instructionId)) : []
    if (!row || !one) return refused('instructions.refused.absent')
    if (row.answer) return refused('instructions.refused.answered_already')
    if (one.state !== 'draft') return refused(`instructions.refused.is_${one.state}`)
    if (one.textVersion !== row.textVersion) return refused('instructions.refused.other_words')
    // The word of the State on a telephone is taken by whoever leads, not by whoever picks up.
    if (input.answer && row.part === 'authority' && !may(actor, 'instructions.decide'))
      return refusedField('answer', 'instructions.refused.lead_takes')
    await tx
      .update(instructionAsked)
      .set({ calledAt: now, calledByName: actor.name, callResult: input.result })
      .where(eq(instructionAsked.id, row.id))
    await note(tx, actor, one, {
      event: 'instruction.called',
      at: now,
      text: input.result,
      data: { organisationId: row.organisationId },
    })
    const { answer, by } = input
    if (answer && by) {
      await write(tx, row, { answer, by, reason: input.result }, now)
      await note(tx, actor, one, {
        event: 'instruction.answered',
        at: now,
        text: input.result,
        data: { organisationId: row.organisationId, part: row.part, answer, by },
      })
    }
    return { ok: true, value: { answer } }
  })
}

/**
 * A call to an organisation about everything it has not answered by the hour (app/crisis/commands/log-call.ts). Reached, it has
 * as long again to answer, and is to be called again if it does not. Returns how many it was about.
 */
export async function aboutInstructions(
  tx: Tx,
  actor: Actor,
  call: { organisationId: number; reached: boolean; result: string | null; by: string | null },
  now: Date,
): Promise<number> {
  const open = await tx
    .select({ row: instructionAsked, one: instruction })
    .from(instructionAsked)
    .innerJoin(
      instruction,
      and(
        eq(instruction.id, instructionAsked.instructionId),
        eq(instruction.textVersion, instructionAsked.textVersion),
        eq(instruction.state, 'draft'),
      ),
    )
    .where(
      and(
        eq(instructionAsked.organisationId, call.organisationId),
        isNull(instructionAsked.answer),
        isNotNull(instructionAsked.callDueAt),
      ),
    )
    .orderBy(instructionAsked.id)
    .for('update', { of: instructionAsked })
  for (const { row, one } of open) {
    await tx
      .update(instructionAsked)
      .set({
        ...{ calledAt: now, calledByName: actorName(actor), callResult: call.result },
        ...(call.reached && {
          callDueAt: null,
          deadlineAt: new Date(now.getTime() + ANSWER_WITHIN_MIN * 60_000),
          acknowledgedAt: row.acknowledgedAt ?? now,
          acknowledgedByName: row.acknowledgedByName ?? call.by ?? actorName(actor),
        }),
      })
      .where(eq(instructionAsked.id, row.id))
    await note(tx, actor, one, {
      event: 'instruction.called',
      at: now,
      text: call.result,
      data: { organisationId: call.organisationId, reached: call.reached },
    })
  }
  return open.length
}

async function write(
  tx: Tx,
  row: AskedRow,
  said: { answer: Answer; by: string; reason: string | null },
  now: Date,
): Promise<void> {
  await tx
    .update(instructionAsked)
    .set({
      answer: said.answer,
      answeredAt: now,
      answeredByName: said.by,
      reason: said.reason,
      acknowledgedAt: row.acknowledgedAt ?? now,
      acknowledgedByName: row.acknowledgedByName ?? said.by,
    })
    .where(eq(instructionAsked.id, row.id))
}

async function kindOf(tx: Tx, actor: AccountActor): Promise<string> {
  const [row] = await tx
    .select({ kind: organisation.kind })
    .from(organisation)
    .where(eq(organisation.id, actor.organisationId ?? 0))
  return row?.kind ?? ''
}
