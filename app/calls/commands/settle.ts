import { and, eq, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { append } from '#app/_journal/append.ts'
import type { EventName } from '#app/_journal/events.ts'
import { type CallState, ownTelephone, phoneCall } from '#db/schema/call.ts'
import type { Tx } from '#db/transaction.ts'
import { CALL_BACK_WITHIN_S, callNow } from '../rules/call.ts'

type Row = typeof phoneCall.$inferSelect

/** What the journal says when a call comes into a state. */
const SAID: Partial<Record<CallState, EventName>> = {
  talking: 'call.answered',
  missed: 'call.missed',
  ended: 'call.ended',
  forwarded: 'call.ended',
  unanswered: 'call.ended',
}

/**
 * Writes down what is true of a call now, and what follows: one that nobody answered is to be called back in five minutes; one
 * that was spoken with needs no call-back any more, nor do those of the same number before it.
 */
export async function settle(tx: Tx, actor: Actor, row: Row, now: Date): Promise<CallState> {
  const call = callNow(row.heard, row.direction, now.getTime())
  const missed = call.state === 'missed'
  const [own] = call.user
    ? await tx
        .select({ id: ownTelephone.accountId })
        .from(ownTelephone)
        .where(sql`lower(name) = ${call.user.toLowerCase()}`)
    : []
  await tx
    .update(phoneCall)
    .set({
      heard: row.heard,
      state: call.state,
      startedAt: new Date(call.startedAt),
      answeredAt: call.answeredAt === null ? null : new Date(call.answeredAt),
      endedAt: call.endedAt === null ? null : new Date(call.endedAt),
      cause: call.cause,
      telephone: call.user,
      accountId: own?.id ?? null,
      callBackAt: missed ? (row.callBackAt ?? new Date(now.getTime() + CALL_BACK_WITHIN_S * 1_000)) : null,
    })
    .where(eq(phoneCall.id, row.id))
  if (call.answeredAt !== null && row.phone) await spokenWith(tx, row, new Date(call.answeredAt), now)
  const said = SAID[call.state]
  if (said && call.state !== row.state) {
    await append(tx, actor, {
      chain: 'calls',
      event: said,
      visibility: 'internal',
      at: now,
      data: { call: row.id, organisationId: row.organisationId },
    })
  }
  return call.state
}

/** Whoever was spoken with, in or out, is not called back for what he tried before. */
async function spokenWith(tx: Tx, row: Row, since: Date, now: Date): Promise<void> {
  await tx
    .update(phoneCall)
    .set({ calledBackAt: now })
    .where(
      and(
        eq(phoneCall.phone, row.phone ?? ''),
        ne(phoneCall.id, row.id),
        lte(phoneCall.startedAt, since),
        isNotNull(phoneCall.callBackAt),
        isNull(phoneCall.calledBackAt),
      ),
    )
}
