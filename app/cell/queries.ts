import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { AccountActor } from '#app/_auth/actor.ts'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import { OVERDUE_IN_SQL } from '#app/cases/rules/deadlines.ts'
import { readStrip } from '#app/crisis/_strip/query.ts'
import { cellStateNow } from '#app/crisis/commands/cell-state.ts'
import { peopleOnCall, shiftsBetween } from '#app/crisis/commands/on-call.ts'
import { type CallTask, callTasks } from '#app/crisis/queries.ts'
import { onLadder } from '#app/crisis/rules/ladder.ts'
import { gapsIn, reachable } from '#app/crisis/rules/roster.ts'
import { clockInForce } from '#app/crisis/thresholds.ts'
import { realHourOf } from '#app/exercises/clock.ts'
import { learntHere } from '#app/incidents/learnt.ts'
import { account } from '#db/schema/account.ts'
import { cellState, contactWay, handover } from '#db/schema/crisis.ts'
import { threshold } from '#db/schema/incidents.ts'
import { asActor } from '#db/transaction.ts'

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
      select count(*)::int as open, count(*) filter (where level > 1)::int as above, count(*) filter (where ${sql.raw(OVERDUE_IN_SQL)})::int as overdue,
        count(*) filter (where state = 'received')::int as unacknowledged
      from cases where app.is_open(state)`)
    // An exercise that really rings rings those of today's roster.
    const hour = (await realHourOf(tx, actor.exerciseId)) ?? now
    const shifts = await shiftsBetween(tx, hour, new Date(hour.getTime() + DAY), hour)
    return {
      state,
      history,
      counts: open ?? { above: 0, open: 0, overdue: 0, unacknowledged: 0 },
      onCall: onLadder(hour.getTime(), 4, await peopleOnCall(tx, hour)),
      gaps: gapsIn(shifts, hour.getTime(), hour.getTime() + DAY),
    }
  })
}

/** Whom to telephone; asked only when the strip of the same page counts somebody. */
export async function readCalls(actor: AccountActor, now: Date): Promise<CallTask[]> {
  const { toCall } = await readStrip(actor, now)
  return toCall > 0 ? asActor(actor, (tx) => callTasks(tx, actor)) : []
}

export function readRoster(actor: AccountActor, now: Date) {
  return asActor(actor, async (tx) => {
    const to = new Date(now.getTime() + ROSTER_DAYS * DAY)
    const shifts = await shiftsBetween(tx, now, to, now)
    const people = await tx
      .select({ id: account.id, name: account.name, role: account.role })
      .from(account)
      .where(and(inArray(account.role, rolesWith('roster.own')), eq(account.active, true)))
      .orderBy(asc(account.name))
    const ways = await tx
      .select()
      .from(contactWay)
      .where(eq(contactWay.active, true))
      .orderBy(asc(contactWay.id))
    const tests = await tx.execute<{ wayId: number; at: string; acknowledged: boolean }>(sql`
      select distinct on (to_id) to_id::int as "wayId", to_jsonb(created_at) #>> '{}' as at, acknowledged_at is not null as acknowledged
      from outbox where kind = 'way_test' and to_type = 'way' order by to_id, id desc`)
    const values = await clockInForce(tx)
    return {
      shifts,
      people: people.map((one) => {
        const own = ways
          .filter((way) => way.accountId === one.id)
          .map((way) => ({ ...way, test: tests.find((test) => test.wayId === way.id) ?? null }))
        const reach = own.map((way) => ({
          kind: way.kind,
          value: way.value,
          verifiedAt: way.verifiedAt?.getTime() ?? null,
        }))
        return { ...one, ways: own, verdict: reachable(reach, now.getTime(), values) }
      }),
      gaps: gapsIn(shifts, now.getTime(), to.getTime()),
    }
  })
}

export function readHandovers(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select().from(handover).orderBy(desc(handover.id)).limit(10))
}

/** What this desk takes for usual, and on what past it rests. */
export function readUsual(actor: AccountActor) {
  return asActor(actor, async (tx) => ({ ...(await learntHere(tx, actor)).baseline }))
}

export function readThresholds(actor: AccountActor) {
  return asActor(actor, (tx) => tx.select().from(threshold))
}
