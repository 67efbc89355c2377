import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Actor } from '#app/_auth/actor.ts'
import { changeHeld, type HeldChange } from '#app/cases/commands/change.ts'
import { giveShift, oneAtATime } from '#app/cell/commands/roster.ts'
import { account } from '#db/schema/account.ts'
import { cases } from '#db/schema/cases.ts'
import { rosterShift } from '#db/schema/crisis.ts'
import type { Tx } from '#db/transaction.ts'

/** What a person has in hand: the open cases he holds or is given, and his shifts from now on. */
export async function heldBy(tx: Tx, accountId: number, now: Date) {
  const open = await tx
    .select({ id: cases.id, reference: cases.reference, level: cases.level })
    .from(cases)
    .where(ofHis(accountId))
    .orderBy(sql`${cases.level} desc`, asc(cases.id))
  const shifts = await tx
    .select()
    .from(rosterShift)
    .where(
      and(eq(rosterShift.accountId, accountId), isNull(rosterShift.cancelledAt), gt(rosterShift.toAt, now)),
    )
    .orderBy(asc(rosterShift.fromAt))
  return { open, shifts }
}

/**
 * Who goes hands over what he has in hand: his cases to the person named, or back to their team; his shifts to that person as
 * far as he can take them. A shift that nobody took is a hole, and is shown as one.
 */
export async function handOver(
  tx: Tx,
  actor: Actor,
  accountId: number,
  toId: number | null,
  now: Date,
): Promise<{ cases: number; shifts: number; holes: number }> {
  const [to] = toId ? await tx.select({ name: account.name }).from(account).where(eq(account.id, toId)) : []
  const rows = await tx
    .select()
    .from(cases)
    .where(ofHis(accountId))
    .orderBy(asc(cases.id))
    .for('no key update')
  const changes = rows.map((row): HeldChange => {
    const mine = row.assigneeId === accountId
    return {
      row,
      action: 'assign',
      set: {
        ...(mine ? { assigneeId: toId } : {}),
        ...(row.claimedById === accountId ? { claimedById: null, claimedUntil: null } : {}),
      },
      line: {
        event: 'case.assigned',
        visibility: 'internal',
        data: { from: accountId, assignee: mine ? (to?.name ?? null) : null, handedOver: true },
      },
    }
  })
  await changeHeld(tx, actor, now, changes)
  await oneAtATime(tx)
  const { shifts } = await heldBy(tx, accountId, now)
  let given = 0
  for (const held of toId ? shifts : []) {
    const fromAt = held.fromAt > now ? held.fromAt : now
    const taken = await giveShift(
      tx,
      actor,
      held,
      { accountId: toId as number, fromAt, toAt: held.toAt },
      null,
      now,
    )
    if (taken.ok) given += 1
  }
  return { cases: rows.length, shifts: given, holes: shifts.length - given }
}

function ofHis(accountId: number) {
  return and(
    sql`app.is_open(${cases.state})`,
    or(eq(cases.assigneeId, accountId), eq(cases.claimedById, accountId)),
  )
}
