import { eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { broadcast } from '#db/schema/broadcast.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import { keyOf, progressOf } from '../progress.ts'
import { NOBODY, verdictOn } from '../rules/safety.ts'
import { nextWave } from '../rules/waves.ts'
import { type BroadcastRow, change, type Moved, stopped } from './run.ts'

/** How one message of many is called in the outbox. */
const KIND = 'instruction_sent'

/**
 * The clock's part of a mass message: what is next goes out, a wave that is proved leads to the next one, one that fails
 * stops by itself. It reads what is there: a worker that died in the middle of a wave goes on where it was.
 */
export function advanceBroadcasts(actor: MachineActor, now: Date): Promise<void> {
  return asActor(actor, async (tx) => {
    const running = await tx
      .select({ one: broadcast, instruction: instruction.state })
      .from(broadcast)
      .innerJoin(instruction, eq(instruction.id, broadcast.instructionId))
      .where(eq(broadcast.state, 'running'))
      .orderBy(broadcast.id)
      .for('update', { of: broadcast, skipLocked: true })
    for (const { one, instruction: said } of running) {
      // What is over is told to nobody more.
      const moved =
        said === 'in_force'
          ? await moveOf(tx, actor, one, now)
          : stopped(actor.name, now, 'broadcasts.stopped.ended')
      if (moved) await change(tx, actor, one, moved, now)
    }
    await stayHome(tx, now)
  })
}

async function moveOf(tx: Tx, actor: MachineActor, one: BroadcastRow, now: Date): Promise<Moved | null> {
  const { wave } = one
  if (!wave) return null
  await queueWave(tx, actor, one, now)
  const progress = (await progressOf(tx, one.id, now)).find((row) => row.wave === wave) ?? NOBODY
  const verdict = verdictOn(wave, progress, actor.exerciseId !== null)
  if (verdict.does === 'stop') return stopped(actor.name, now, verdict.why)
  if (verdict.does !== 'go_on') return null
  const next = nextWave(wave)
  return next
    ? { set: { wave: next, waveAt: now }, event: 'broadcast.wave', data: { wave: next } }
    : { set: { state: 'done', endedAt: now }, event: 'broadcast.done' }
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

const HOUR_MS = 3_600_000

/** What waits of those that were stopped, by whomever, does not leave. */
async function stayHome(tx: Tx, now: Date): Promise<void> {
  const lately = await tx
    .select({ id: broadcast.id })
    .from(broadcast)
    .where(
      sql`${broadcast.state} = 'stopped' and ${broadcast.stoppedAt} > ${new Date(now.getTime() - HOUR_MS).toISOString()}::timestamptz`,
    )
  for (const { id } of lately)
    await tx.execute(
      sql`update outbox set state = 'cancelled', due_at = null where dedupe_key = ${keyOf(id)} and state = 'queued'`,
    )
}
