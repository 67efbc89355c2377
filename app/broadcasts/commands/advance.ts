import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { broadcast } from '#db/schema/broadcast.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { progressOf } from '../progress.ts'
import { type Verdict, verdictOn } from '../rules/safety.ts'
import { nextWave } from '../rules/waves.ts'
import { type BroadcastRow, change, note } from './run.ts'

/** How one message of many is called in the outbox. */
export const KIND = 'instruction_sent'

/**
 * The clock's part of a mass message: what is next goes out, a wave that is proved leads to the next one, one that fails
 * stops by itself. It reads what is there: a worker that died in the middle of a wave goes on where it was.
 */
export function advanceBroadcasts(actor: MachineActor, now: Date): Promise<void> {
  return asActor(actor, async (tx) => {
    const stopped = await tx
      .select({ id: broadcast.id })
      .from(broadcast)
      .where(
        sql`${broadcast.state} = 'stopped' and ${broadcast.stoppedAt} > ${new Date(now.getTime() - HOUR_MS).toISOString()}::timestamptz`,
      )
    for (const { id } of stopped) await stayHome(tx, id)
    const running = await tx
      .select()
      .from(broadcast)
      .where(eq(broadcast.state, 'running'))
      .orderBy(broadcast.id)
      .for('update', { skipLocked: true })
    for (const one of running) await advance(tx, actor, one, now)
  })
}

const HOUR_MS = 3_600_000

async function advance(tx: Tx, actor: MachineActor, one: BroadcastRow, now: Date): Promise<void> {
  const { wave } = one
  if (!wave) return
  const [about] = await tx
    .select({ state: instruction.state })
    .from(instruction)
    .where(eq(instruction.id, one.instructionId))
  // What is over is told to nobody more.
  if (about?.state !== 'in_force') return stop(tx, actor, one, 'broadcasts.stopped.ended', now)
  await queueWave(tx, actor, one, now)
  const [progress] = (await progressOf(tx, one, now)).filter((row) => row.wave === wave)
  if (!progress) return
  const verdict: Verdict =
    actor.exerciseId === null ? verdictOn(wave, progress) : { does: wave === 'pilot' ? 'ask' : 'go_on' }
  if (verdict.does === 'stop') return stop(tx, actor, one, verdict.why, now)
  if (verdict.does !== 'go_on') return
  const next = nextWave(wave)
  if (next) {
    if (await change(tx, one, { wave: next, waveAt: now }))
      await note(tx, actor, one, 'broadcast.wave', now, { wave: next })
  } else if (await change(tx, one, { state: 'done', endedAt: now }))
    await note(tx, actor, one, 'broadcast.done', now)
}

/**
 * Queued once, whoever does it again: the same telephone has one row of the outbox. In an exercise nothing leaves: the rows
 * say so.
 */
async function queueWave(tx: Tx, actor: MachineActor, one: BroadcastRow, now: Date): Promise<void> {
  const inside = actor.exerciseId !== null
  await tx.execute(sql`
    insert into outbox (exercise_id, to_type, to_id, channel, kind, data, dedupe_key, pressing, state, due_at, created_at, last_error)
    select r.exercise_id, 'telephone', r.id, 'sms', ${KIND}, jsonb_build_object('broadcastId', ${one.id}::bigint, 'text', ${one.text}::text), ${keyOf(one.id)}, false,
      ${inside ? 'cancelled' : 'queued'}, case when ${inside} then null else ${now.toISOString()}::timestamptz end, ${now.toISOString()}::timestamptz,
      case when ${inside} then 'exercise' end
    from broadcast_recipient r
    where r.broadcast_id = ${one.id} and r.wave = ${one.wave}
      and not exists (select from outbox o where o.dedupe_key = ${keyOf(one.id)} and o.to_type = 'telephone' and o.to_id = r.id)
    order by r.id
    on conflict do nothing`)
}

async function stop(tx: Tx, actor: MachineActor, one: BroadcastRow, why: string, now: Date): Promise<void> {
  const set = {
    state: 'stopped' as const,
    stoppedAt: now,
    stoppedByName: actor.name,
    stopReason: why,
    endedAt: now,
  }
  if (!(await change(tx, one, set))) return
  await stayHome(tx, one.id)
  await note(tx, actor, one, 'broadcast.stopped', now, { why })
}

async function stayHome(tx: Tx, id: number): Promise<void> {
  await tx.execute(
    sql`update outbox set state = 'cancelled', due_at = null where dedupe_key = ${keyOf(id)} and state = 'queued'`,
  )
}

export function keyOf(broadcastId: number): string {
  return `broadcast:${broadcastId}`
}
