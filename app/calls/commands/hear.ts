import { and, eq, sql } from 'drizzle-orm'
import type { MachineActor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import { type HeardEvent, phoneCall } from '#db/schema/call.ts'
import { asActor, type Tx } from '#db/transaction.ts'
import type { CtiSaid } from '../input.ts'
import { callNow } from '../rules/call.ts'
import { readCaller } from '../rules/caller.ts'
import { dialledFor } from './dialled.ts'
import { settle } from './settle.ts'
import { standsIn } from './stands-in.ts'

/**
 * One event of the switchboard `sourceId`. The row of the call is made by whichever event comes first; the same event again says
 * nothing new, and the order in which they come changes nothing (app/calls/rules/call.ts).
 */
export function hearCall(
  actor: MachineActor,
  sourceId: number,
  said: CtiSaid,
  now: Date,
): Promise<{ id: number; state: string }> {
  return asActor(actor, async (tx) => {
    const other = readCaller(said.direction === 'in' ? said.from : said.to)
    const event: HeardEvent = {
      at: now.getTime(),
      user: said.user ?? said.answeringNumber,
      cause: said.cause,
      startedAt: notAhead(said.startedAt, now),
      answeredAt: notAhead(said.answeredAt, now),
      duration: said.duration,
    }
    const heard = { [said.event]: event }
    const fresh = callNow(heard, said.direction, now.getTime())
    const [row] = await tx
      .insert(phoneCall)
      .values({
        sourceId,
        callKey: said.callId,
        direction: said.direction,
        phone: other.phone,
        shown: other.shown,
        queue: said.queue,
        heard: {},
        state: 'ringing',
        startedAt: new Date(fresh.startedAt),
        organisationId: other.phone ? await whoseNumber(tx, other.phone) : null,
      })
      .onConflictDoUpdate({
        target: [phoneCall.sourceId, phoneCall.callKey],
        // Locks the row, and lets a later event fill what the first one left out.
        set: {
          phone: sql`coalesce(phone_call.phone, excluded.phone)`,
          organisationId: sql`coalesce(phone_call.organisation_id, excluded.organisation_id)`,
          queue: sql`coalesce(phone_call.queue, excluded.queue)`,
        },
      })
      .returning()
    if (!row) throw new Error('a call was neither made nor found')
    if (row.heard[said.event]) return { id: row.id, state: row.state }
    const first = Object.keys(row.heard).length === 0
    if (first && row.direction === 'in')
      await append(tx, actor, {
        chain: 'calls',
        event: 'call.came',
        visibility: 'internal',
        at: now,
        data: { call: row.id, organisationId: row.organisationId },
      })
    const state = await settle(tx, actor, { ...row, heard: { ...heard, ...row.heard } }, now)
    if (row.direction === 'out' && row.caseId === null && row.phone && said.event === 'hangup')
      await standsWhereDialled(tx, actor, row.id, row.phone, now)
    return { id: row.id, state }
  })
}

/** It was dialled from the page of a case: what came of it stands there. */
async function standsWhereDialled(
  tx: Tx,
  actor: MachineActor,
  id: number,
  phone: string,
  now: Date,
): Promise<void> {
  const call = await callOf(tx, id)
  const caseId = call && (await dialledFor(tx, phone, call.startedAt))
  if (call && caseId) await standsIn(tx, actor, call, caseId, now)
}

/** An hour of a clock that runs ahead of ours is the hour at which it was heard. */
function notAhead(at: number | null, now: Date): number | null {
  return at === null ? null : Math.min(at, now.getTime())
}

/** The one organisation whose contact has this number; null when none has, or several: then a person asks. */
async function whoseNumber(tx: Tx, phone: string): Promise<number | null> {
  const rows = await tx.execute<{ id: number }>(sql`select distinct o.id::int as id
    from contact c join organisation o on o.id = c.organisation_id
    where c.phone = ${phone} and c.active and o.active and o.exercise_id is null limit 2`)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}

/** The clock's part: calls whose end nobody told are ended, so that one that rang for nothing is called back too. */
export function endLostCalls(actor: MachineActor, now: Date, most = 100): Promise<{ more: boolean }> {
  return asActor(actor, async (tx) => {
    const open = await tx
      .select()
      .from(phoneCall)
      .where(
        and(sql`ended_at is null`, sql`started_at < ${now.toISOString()}::timestamptz - interval '1 minute'`),
      )
      .orderBy(phoneCall.startedAt)
      .for('update', { skipLocked: true })
    let ended = 0
    for (const row of open) {
      if (callNow(row.heard, row.direction, now.getTime()).endedAt === null || ended >= most) continue
      await settle(tx, actor, row, now)
      ended += 1
    }
    return { more: ended >= most }
  })
}

export async function callOf(tx: Tx, id: number) {
  const [row] = await tx.select().from(phoneCall).where(eq(phoneCall.id, id)).for('update')
  return row ?? null
}
