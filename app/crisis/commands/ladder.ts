import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Actor, MachineActor } from '#app/_auth/actor.ts'
import { type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { realHourOf } from '#app/exercises/clock.ts'
import { callOut, crisis } from '#db/schema/crisis.ts'
import { proposal } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { answerInput, Input } from '../input.ts'
import { nextStep } from '../rules/ladder.ts'
import type { ClockValues } from '../rules/thresholds.ts'
import { peopleOnCall } from './on-call.ts'

/** Calls the next person after five minutes of silence. The call itself is a reaction to the journal line (a channel each). */
export async function callNext(
  tx: Tx,
  actor: MachineActor,
  { id: crisisId, incidentId, proposalId }: { id: number; incidentId: number | null; proposalId: number },
  now: Date,
  values: ClockValues,
  rounds = Number.POSITIVE_INFINITY,
): Promise<number | null> {
  const calls = await tx.select().from(callOut).where(eq(callOut.crisisId, crisisId)).orderBy(asc(callOut.at))
  const realHour = await realHourOf(tx, actor.exerciseId)
  const people = await peopleOnCall(tx, realHour ?? now)
  const step = nextStep(
    now.getTime(),
    4,
    // An exercise that really rings rings those who are on call today, whatever the day that is played.
    realHour ? people.map((one) => ({ ...one, from: 0, to: Number.MAX_SAFE_INTEGER })) : people,
    calls.map((call) => ({
      accountId: call.accountId,
      at: call.at.getTime(),
      answeredAt: call.answeredAt?.getTime() ?? null,
      cannotAt: call.cannotAt?.getTime() ?? null,
    })),
    values,
  )
  if (step.kind !== 'call' || step.round > rounds) return null
  const [made] = await tx
    .insert(callOut)
    .values({
      exerciseId: actor.exerciseId,
      crisisId,
      accountId: step.accountId,
      name: step.name,
      role: 'on_call',
      round: step.round,
      at: now,
    })
    .returning({ id: callOut.id })
  if (calls.length === 0) await tx.update(crisis).set({ firstCallAt: now }).where(eq(crisis.id, crisisId))
  await append(tx, actor, {
    chain: `crisis:${crisisId}`,
    at: now,
    event: 'crisis.called',
    visibility: 'internal',
    ...(incidentId ? { incidentId } : {}),
    data: {
      callId: made?.id ?? 0,
      crisisId,
      accountId: step.accountId,
      name: step.name,
      round: step.round,
      // All that is said aloud on a telephone that anybody may pick up.
      level: 4,
      numbers: await numbersOf(tx, proposalId),
    },
  })
  return step.accountId
}

async function numbersOf(tx: Tx, proposalId: number): Promise<string> {
  const [asked] = await tx
    .select({ reason: proposal.reason })
    .from(proposal)
    .where(eq(proposal.id, proposalId))
  const { values } = (asked?.reason ?? {}) as { values?: { numbers?: unknown } }
  return typeof values?.numbers === 'string' && values.numbers !== '' ? values.numbers : 'none'
}

/** "I cannot, call the next": nobody waits for him any longer; the clock goes on. */
export function cannotAnswer(
  actor: Actor,
  input: Input<typeof answerInput>,
  now: Date,
): Promise<Result<{ noted: boolean }>> {
  return asActor(actor, async (tx) => {
    const [call] = await tx.select().from(callOut).where(eq(callOut.id, input.callId)).for('update')
    if (!call || actor.kind !== 'account' || call.accountId !== actor.accountId)
      return refused('crisis.refused.absent')
    if (call.answeredAt || call.cannotAt) return { ok: true, value: { noted: false } }
    await tx.update(callOut).set({ cannotAt: now }).where(eq(callOut.id, call.id))
    await append(tx, actor, {
      chain: `crisis:${call.crisisId}`,
      at: now,
      event: 'crisis.cannot',
      visibility: 'internal',
      data: { callId: call.id, name: call.name },
    })
    return { ok: true, value: { noted: true } }
  })
}

/** "I am here": the ladder stops; the clock does not. */
export function answerCall(
  actor: Actor,
  input: Input<typeof answerInput>,
  now: Date,
): Promise<Result<{ answered: boolean }>> {
  return asActor(actor, async (tx) => {
    const [call] = await tx.select().from(callOut).where(eq(callOut.id, input.callId)).for('update')
    if (!call || actor.kind !== 'account' || call.accountId !== actor.accountId)
      return refused('crisis.refused.absent')
    if (call.answeredAt) return { ok: true, value: { answered: true } }
    await tx.update(callOut).set({ answeredAt: now }).where(eq(callOut.id, call.id))
    await tx
      .update(crisis)
      .set({ firstAnswerAt: now })
      .where(and(eq(crisis.id, call.crisisId), isNull(crisis.firstAnswerAt)))
    await append(tx, actor, {
      chain: `crisis:${call.crisisId}`,
      at: now,
      event: 'crisis.answered',
      visibility: 'internal',
      data: { callId: call.id, name: call.name },
    })
    return { ok: true, value: { answered: true } }
  })
}
