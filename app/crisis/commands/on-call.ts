import { sql } from 'drizzle-orm'
import { rolesWith } from '#app/_auth/rules/roles.ts'
import type { Role } from '#db/schema/account.ts'
import type { Tx } from '#db/transaction.ts'
import type { LadderRole } from '../rules/ladder.ts'
import { type Judged, mayBeOnCall, type Way } from '../rules/roster.ts'
import { clockInForce } from '../thresholds.ts'

/** Behind whoever of his role can be called: he cannot, or not surely. */
const UNFIT = 50
/** Rank of those who are called though nobody put them on the roster: after everyone who is. */
const OFF_ROSTER = 99

export type RosterShift = Judged & { id: number }

/** The shifts of a time, each holder judged as he is at `now`. */
export async function shiftsBetween(tx: Tx, from: Date, to: Date, now: Date): Promise<RosterShift[]> {
  const values = await clockInForce(tx)
  const rows =
    await tx.execute<Row>(sql`select s.id::int, s.account_id::int as "accountId", a.name, s.role, s.rank::int,
      extract(epoch from s.from_at)::float8 * 1000 as "from", extract(epoch from s.to_at)::float8 * 1000 as "to",
      a.active, a.role as "accountRole", ${WAYS} as ways
    from roster_shift s join account a on a.id = s.account_id
    where s.to_at > ${from.toISOString()} and s.from_at < ${to.toISOString()} and s.cancelled_at is null
    order by s.from_at, s.rank, s.id`)
  return rows.map(({ active, accountRole, ways, ...shift }) => {
    const verdict = mayBeOnCall({ active, role: accountRole, ways }, shift.role, now.getTime(), values)
    return { ...shift, unfit: verdict.allowed ? null : verdict }
  })
}

export type OnCall = RosterShift & { offRoster: boolean }

/**
 * Who the ladder calls at `now`: those on the roster who can be reached and decide, then those on it who may not be reached,
 * and behind them every director, lead and administrator: a hole in the roster must not stop the ladder.
 */
export async function peopleOnCall(tx: Tx, now: Date): Promise<OnCall[]> {
  const shifts = await shiftsBetween(tx, now, new Date(now.getTime() + 1), now)
  const others = await tx.execute<{ accountId: number; name: string; role: LadderRole }>(sql`
    select id::int as "accountId", name, role from account where active and role in ${rolesWith('crisis.decide')} order by id`)
  const there = shifts
    // Out of use, or no longer of a role that decides: he is nobody's call.
    .filter((one) => one.unfit === null || !GONE.has(one.unfit.key))
    .map((one) => ({ ...one, rank: one.rank + (one.unfit === null ? 0 : UNFIT), offRoster: false }))
  const on = new Set(there.map((shift) => shift.accountId))
  const behind = others
    .filter((one) => !on.has(one.accountId))
    .map((one) => ({
      ...one,
      id: 0,
      rank: OFF_ROSTER,
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      unfit: null,
      offRoster: true,
    }))
  return [...there, ...behind]
}

const GONE = new Set(['triggers.roster.deactivated', 'triggers.roster.wrong_role'])

type Row = {
  id: number
  accountId: number
  name: string
  role: LadderRole
  rank: number
  from: number
  to: number
  active: boolean
  accountRole: Role
  ways: Way[]
}

const WAYS = sql`(select coalesce(jsonb_agg(jsonb_build_object('kind', w.kind, 'value', w.value,
  'verifiedAt', extract(epoch from w.verified_at)::float8 * 1000)), '[]') from contact_way w where w.account_id = a.id and w.active)`
