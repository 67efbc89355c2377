import { and, eq } from 'drizzle-orm'
import { type Actor, actorId, may } from '#app/_auth/actor.ts'
import type { Capability } from '#app/_auth/rules/roles.ts'
import { done, overtaken, type Refusal, type Result, refused } from '#app/_doors/result.ts'
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
export function confirmBroadcast(actor: Actor, input: Input<typeof moveInput>, now: Date) {
  return move(actor, 'instructions.decide', input, now, async (tx, one, by) => {
    const own = actorId(actor)
    if (one.state !== 'prepared') return refused('broadcasts.refused.begun')
    if (own === null || own === one.preparedById) return refused('broadcasts.refused.same_person')
    const [first, second] = [await handOf(tx, one.preparedById, now), await handOf(tx, own, now)]
    if (!areTwo(first, second)) return refused('broadcasts.refused.one_hand')
    const [about] = await tx.select().from(instruction).where(eq(instruction.id, one.instructionId))
    if (about?.state !== 'in_force') return refused('broadcasts.refused.not_in_force')
    return {
      set: {
        ...{ state: 'running', wave: 'pilot', waveAt: now },
        ...{ confirmedAt: now, confirmedById: own, confirmedByName: by },
      },
      event: 'broadcast.started',
    }
  })
}

/** Those who hold the pilot telephones have read the right text on them: one in a hundred is next. */
export function goOn(actor: Actor, input: Input<typeof moveInput>, now: Date) {
  return move(actor, 'instructions.decide', input, now, async (_, one) => {
    if (one.state !== 'running' || one.wave !== 'pilot') return refused('broadcasts.refused.no_pilot')
    const next = nextWave(one.wave)
    return { set: { wave: next, waveAt: now }, event: 'broadcast.wave', data: { wave: next } }
  })
}

/** Stop: what has not left stays, within a second; whatever version is on the screen, for whoever is quickest. */
export function stopBroadcast(actor: Actor, input: Input<typeof stopInput>, now: Date) {
  return move(actor, 'instructions.write', input, now, async (_, one, by) =>
    one.state === 'stopped' || one.state === 'done'
      ? refused('broadcasts.refused.over')
      : stopped(by, now, null),
  )
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
    return done({ recipientId: row.id })
  })
}

/** What becomes of one mass message, and the line that says so. */
export type Moved = {
  set: Partial<BroadcastRow>
  event: 'broadcast.started' | 'broadcast.wave' | 'broadcast.stopped' | 'broadcast.done'
  data?: Record<string, unknown>
}

/** `why`: a message key when it stopped by itself. */
export function stopped(by: string, now: Date, why: string | null): Moved {
  return {
    set: { state: 'stopped', stoppedAt: now, stoppedByName: by, stopReason: why, endedAt: now },
    event: 'broadcast.stopped',
    data: why ? { why } : {},
  }
}

async function move(
  actor: Actor,
  capability: Capability,
  { broadcastId, version }: { broadcastId: number; version?: number },
  now: Date,
  decide: (tx: Tx, one: BroadcastRow, by: string) => Promise<Moved | Refusal>,
): Promise<Result<{ broadcastId: number }>> {
  return asActor(actor, async (tx) => {
    if (actor.kind === 'door' || !may(actor, capability)) return refused('broadcasts.refused.absent')
    const [one] = await tx.select().from(broadcast).where(eq(broadcast.id, broadcastId)).for('update')
    if (!one) return refused('broadcasts.refused.absent')
    if (version !== undefined && one.version !== version) return overtaken(one)
    const moved = await decide(tx, one, actor.name)
    if ('ok' in moved) return moved
    await change(tx, actor, one, moved, now)
    return done({ broadcastId })
  })
}

/** Nothing when another was first. */
export async function change(
  tx: Tx,
  actor: Actor,
  one: BroadcastRow,
  moved: Moved,
  now: Date,
): Promise<void> {
  const changed = await tx
    .update(broadcast)
    .set({ ...moved.set, version: one.version + 1 })
    .where(and(eq(broadcast.id, one.id), eq(broadcast.version, one.version)))
    .returning({ id: broadcast.id })
  if (changed.length === 0) return
  await append(tx, actor, {
    ...{ chain: `broadcast:${one.id}`, at: now, event: moved.event, visibility: 'internal' },
    data: { broadcastId: one.id, ...moved.data },
  })
}
