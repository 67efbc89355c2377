import { and, eq } from 'drizzle-orm'
import { type Actor, actorId, actorName, may } from '#app/_auth/actor.ts'
import { type Refusal, type Result, refused } from '#app/_doors/result.ts'
import { append } from '#app/_journal/append.ts'
import { broadcast, broadcastRecipient } from '#db/schema/broadcast.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { calledInput, Input, moveInput, stopInput } from '../input.ts'
import { areTwo } from '../rules/second-person.ts'
import { nextWave } from '../rules/waves.ts'
import { handOf } from './hands.ts'

export type BroadcastRow = typeof broadcast.$inferSelect

/** The second person has read it too: the pilots are written to. */
export function confirmBroadcast(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
): Promise<Result<{ broadcastId: number }>> {
  return asActor(actor, async (tx) => {
    const one = await held(tx, actor, input)
    if ('ok' in one) return one
    const own = actorId(actor)
    if (one.state !== 'prepared') return refused('broadcasts.refused.begun')
    if (own === null || own === one.preparedById) return refused('broadcasts.refused.same_person')
    const [first, second] = [await handOf(tx, one.preparedById, now), await handOf(tx, own, now)]
    if (!areTwo(first, second)) return refused('broadcasts.refused.one_hand')
    const [about] = await tx.select().from(instruction).where(eq(instruction.id, one.instructionId))
    if (about?.state !== 'in_force') return refused('broadcasts.refused.not_in_force')
    await change(tx, one, {
      ...{ state: 'running', wave: 'pilot', waveAt: now },
      ...{ confirmedAt: now, confirmedById: own, confirmedByName: actorName(actor) },
    })
    await note(tx, actor, one, 'broadcast.started', now)
    return { ok: true, value: { broadcastId: one.id } }
  })
}

/** Those who hold the pilot telephones have read the right text on them: one in a hundred is next. */
export function goOn(
  actor: Actor,
  input: Input<typeof moveInput>,
  now: Date,
): Promise<Result<{ broadcastId: number }>> {
  return asActor(actor, async (tx) => {
    const one = await held(tx, actor, input)
    if ('ok' in one) return one
    if (one.state !== 'running' || one.wave !== 'pilot') return refused('broadcasts.refused.no_pilot')
    await change(tx, one, { wave: nextWave(one.wave), waveAt: now })
    await note(tx, actor, one, 'broadcast.wave', now, { wave: 'one' })
    return { ok: true, value: { broadcastId: one.id } }
  })
}

/** Stop: what has not left stays, within a second; whatever version is on the screen, for whoever is quickest. */
export function stopBroadcast(
  actor: Actor,
  input: Input<typeof stopInput>,
  now: Date,
): Promise<Result<{ broadcastId: number }>> {
  return asActor(actor, async (tx) => {
    if (!may(actor, 'instructions.write')) return refused('broadcasts.refused.absent')
    const [one] = await tx.select().from(broadcast).where(eq(broadcast.id, input.broadcastId)).for('update')
    if (!one) return refused('broadcasts.refused.absent')
    if (one.state === 'stopped' || one.state === 'done') return refused('broadcasts.refused.over')
    await change(tx, one, {
      ...{ state: 'stopped', stoppedAt: now, stoppedByName: actorName(actor), stopReason: input.reason },
      endedAt: now,
    })
    await note(tx, actor, one, 'broadcast.stopped', now, {}, input.reason)
    return { ok: true, value: { broadcastId: one.id } }
  })
}

/** A telephone that no message reached was called, or whoever holds it told otherwise. */
export function logDeadCall(
  actor: Actor,
  input: Input<typeof calledInput>,
  now: Date,
): Promise<Result<{ recipientId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, 'instructions.write'))
      return refused('broadcasts.refused.absent')
    const [row] = await tx
      .update(broadcastRecipient)
      .set({ calledAt: now, calledByName: actor.name, callResult: input.result })
      .where(eq(broadcastRecipient.id, input.recipientId))
      .returning()
    if (!row) return refused('broadcasts.refused.absent')
    await append(tx, actor, {
      ...{
        chain: `broadcast:${row.broadcastId}`,
        at: now,
        event: 'broadcast.called',
        visibility: 'internal',
      },
      text: input.result,
      data: { broadcastId: row.broadcastId, recipientId: row.id },
    })
    return { ok: true, value: { recipientId: row.id } }
  })
}

async function held(tx: Tx, actor: Actor, input: Input<typeof moveInput>): Promise<BroadcastRow | Refusal> {
  if (!may(actor, 'instructions.decide')) return refused('broadcasts.refused.absent')
  const [one] = await tx.select().from(broadcast).where(eq(broadcast.id, input.broadcastId)).for('update')
  if (!one) return refused('broadcasts.refused.absent')
  if (one.version !== input.version)
    return { ...refused('cases.refused.overtaken'), conflict: { version: one.version } }
  return one
}

export async function change(tx: Tx, one: BroadcastRow, set: Partial<BroadcastRow>): Promise<boolean> {
  const changed = await tx
    .update(broadcast)
    .set({ ...set, version: one.version + 1 })
    .where(and(eq(broadcast.id, one.id), eq(broadcast.version, one.version)))
    .returning()
  return changed.length > 0
}

export function note(
  tx: Tx,
  actor: Actor,
  one: BroadcastRow,
  event: 'broadcast.started' | 'broadcast.wave' | 'broadcast.stopped' | 'broadcast.done',
  at: Date,
  data: Record<string, unknown> = {},
  text: string | null = null,
): Promise<void> {
  return append(tx, actor, {
    ...{ chain: `broadcast:${one.id}`, at, event, visibility: 'internal', text },
    data: { broadcastId: one.id, ...data },
  })
}
