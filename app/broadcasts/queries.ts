import { asc, desc, eq, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { broadcast, pilotPhone } from '#db/schema/broadcast.ts'
import { instruction } from '#db/schema/instruction.ts'
import { asActor } from '#db/transaction.ts'
import { keyOf, progressOf } from './progress.ts'

const MOST_SHOWN = 60

export function listBroadcasts(actor: AccountActor) {
  return asActor(actor, (tx) =>
    tx
      .select({
        id: broadcast.id,
        state: broadcast.state,
        wave: broadcast.wave,
        preparedAt: broadcast.preparedAt,
        preparedByName: broadcast.preparedByName,
        purpose: broadcast.purpose,
        number: instruction.number,
        recipients: sql<number>`(select count(*)::int from broadcast_recipient r where r.broadcast_id = ${broadcast.id})`,
      })
      .from(broadcast)
      .innerJoin(instruction, eq(instruction.id, broadcast.instructionId))
      .orderBy(desc(broadcast.id))
      .limit(MOST_SHOWN),
  )
}

/** Instructions in force: only what was agreed and validated goes to many. */
export function readSendable(actor: AccountActor) {
  return asActor(actor, (tx) =>
    tx.select().from(instruction).where(eq(instruction.state, 'in_force')).orderBy(desc(instruction.id)),
  )
}

export function readPilots(actor: AccountActor) {
  return asActor(actor, (tx) =>
    tx.select().from(pilotPhone).orderBy(asc(pilotPhone.network), asc(pilotPhone.id)),
  )
}

/** Telephones that no message reached, the list of calls: so many are shown, those not called first. */
const MOST_CALLS = 200

export function readBroadcast(actor: AccountActor, id: number, now: Date) {
  return asActor(actor, async (tx) => {
    const [found] = await tx
      .select({ one: broadcast, number: instruction.number })
      .from(broadcast)
      .innerJoin(instruction, eq(instruction.id, broadcast.instructionId))
      .where(eq(broadcast.id, id))
    if (!found) return null
    const calls = await tx.execute<{
      id: number
      phone: string
      name: string
      why: string
      calledAt: string | null
      calledByName: string | null
      callResult: string | null
      /** Of all, shown or not: how many there are, and how many nobody has called. */
      all: number
      toCall: number
    }>(sql`select r.id::int, r.phone, r.name, coalesce(o.last_error, '') as why, to_jsonb(r.called_at) #>> '{}' as "calledAt",
        r.called_by_name as "calledByName", r.call_result as "callResult",
        count(*) over ()::int as "all", count(*) filter (where r.called_at is null) over ()::int as "toCall"
      from broadcast_recipient r join outbox o
        on o.dedupe_key = ${keyOf(id)} and o.to_type = 'telephone' and o.to_id = r.id
      where r.broadcast_id = ${id} and o.state = 'failed'
      order by r.called_at is not null, r.id limit ${MOST_CALLS}`)
    return { ...found, progress: await progressOf(tx, id, now), calls: [...calls] }
  })
}

export type BroadcastRead = NonNullable<Awaited<ReturnType<typeof readBroadcast>>>
