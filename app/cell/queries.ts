import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { cellStateNow } from '#app/crisis/commands/cell-state.ts'
import { callTasks } from '#app/crisis/queries.ts'
import { onLadder, type Shift } from '#app/crisis/rules/ladder.ts'
import { gapsIn, mayBeOnCall } from '#app/crisis/rules/roster.ts'
import { clockInForce } from '#app/crisis/thresholds.ts'
import { account } from '#db/schema/account.ts'
import { cellState, contactWay, handover, rosterShift } from '#db/schema/crisis.ts'
import { threshold } from '#db/schema/incidents.ts'
import { asActor, type Tx } from '#db/transaction.ts'

const DAY = 86_400_000
/** The roster shows, and looks for gaps in, so many days ahead. */
export const ROSTER_DAYS = 7

export function readCell(actor: AccountActor, now: Date) {
  return asActor(actor, async (tx) => {
    const state = await cellStateNow(tx)
    const history = await tx.select().from(cellState).orderBy(desc(cellState.id)).limit(12)
    const [open] = await tx.execute<{
      above: number
      open: number
      overdue: number
      unacknowledged: number
    }>(sql`
      select count(*)::int as open, count(*) filter (where level > 1)::int as above, count(*) filter (where queue_rank = 0)::int as overdue,
        count(*) filter (where state = 'received')::int as unacknowledged
      from cases where state not in ('closed', 'duplicate', 'out_of_scope')`)
    const shifts = await shiftsFrom(tx, now, new Date(now.getTime() + DAY))
    return {
      state,
      history,
      calls: await callTasks(tx),
      counts: open ?? { above: 0, open: 0, overdue: 0, unacknowledged: 0 },
      onCall: onLadder(now.getTime(), 4, shifts),
      gaps: gapsIn(shifts, now.getTime(), now.getTime() + DAY),
    }
  })
}

export function readRoster(actor: AccountActor, now: Date) {
  return asActor(actor, async (tx) => {
    const to = new Date(now.getTime() + ROSTER_DAYS * DAY)
    const shifts = await shiftsFrom(tx, now, to)
    const people = await tx
      .select({ id: account.id, name: account.name, role: account.role })
      .from(account)
      .where(and(inArray(account.role, ['agent', 'lead', 'director', 'admin']), eq(account.active, true)))
      .orderBy(asc(account.name))
    const ways = await tx
      .select()
      .from(contactWay)
      .where(eq(contactWay.active, true))
      .orderBy(asc(contactWay.id))
    const values = await clockInForce(tx)
    return {
      shifts,
      people: people.map((one) => {
        const own = ways.filter((way) => way.accountId === one.id)
        const reach = own.map((way) => ({
          kind: way.kind,
          value: way.value,
          verifiedAt: way.verifiedAt?.getTime() ?? null,
        }))
        return { ...one, ways: own, verdict: mayBeOnCall(reach, now.getTime(), values) }
      }),
      gaps: gapsIn(shifts, now.getTime(), to.getTime()),
    }
  })
}

export type RosterShift = Shift & { id: number }

async function shiftsFrom(tx: Tx, from: Date, to: Date): Promise<RosterShift[]> {
  const rows = await tx
    .select({
      id: rosterShift.id,
      accountId: rosterShift.accountId,
      name: account.name,
      role: rosterShift.role,
      rank: rosterShift.rank,
      fromAt: rosterShift.fromAt,
      toAt: rosterShift.toAt,
    })
    .from(rosterShift)
    .innerJoin(account, eq(account.id, rosterShift.accountId))
    .where(
      and(
        gt(rosterShift.toAt, from),
        sql`${rosterShift.fromAt} < ${to.toISOString()}`,
        isNull(rosterShift.cancelledAt),
      ),
    )
    .orderBy(asc(rosterShift.fromAt), asc(rosterShift.rank))
  return rows.map((row) => ({ ...row, from: row.fromAt.getTime(), to: row.toAt.getTime() }))
}

export function readHandovers(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select().from(handover).orderBy(desc(handover.id)).limit(10))
}

export function readThresholds(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select().from(threshold))
}
