import type postgres from 'postgres'
import type { AccountActor } from '#app/_auth/actor.ts'
import { searchable } from '#db/reference/searchable.ts'
import type { People } from './people.ts'
import { fictionNumber } from './phone-numbers.ts'

const HOUR = 3_600_000
const SHIFT_HOURS = 12
/** From the shift before the present one to a week from now. */
const SHIFTS = 16
/** Nobody leads during this one, four days ahead: a gap must be seen before it happens. */
const UNHELD = 9

/** On-call roster: two shifts a day at 06:00 and 18:00 UTC; the directors take a week each. Everyone has two proved ways to be reached. */
export async function seedRoster(sql: postgres.Sql, people: People, now: Date): Promise<void> {
  const everyone = [...people.agents, ...people.leads, ...people.directors]
  const ways = everyone.flatMap(({ accountId, name }, rank) => [
    { account: accountId, kind: 'mobile', value: fictionNumber('mobile', 9_900 + rank) },
    {
      account: accountId,
      kind: 'email',
      value: `${searchable(name).replaceAll(' ', '.')}@astreinte.example`,
    },
  ])
  await sql`insert into contact_way (account_id, kind, value, verified_at)
    select account, kind, value, ${now} from jsonb_to_recordset(${sql.json(ways)})
      as given (account bigint, kind text, value text)`
  const shifts = shiftsAround(people, now)
  await sql`insert into roster_shift (account_id, role, rank, from_at, to_at)
    select account, role, rank, "from", "to" from jsonb_to_recordset(${sql.json(shifts)})
      as given (account bigint, role text, rank smallint, "from" timestamptz, "to" timestamptz)`
}

function shiftsAround({ agents, leads, directors }: People, now: Date) {
  const present = Math.floor((now.getTime() / HOUR - 6) / SHIFT_HOURS) * SHIFT_HOURS + 6
  const at = (n: number) => new Date((present + (n - 1) * SHIFT_HOURS) * HOUR).toISOString()
  const shift = (who: AccountActor | undefined, rank: number, from: number, to: number) =>
    who ? [{ account: who.accountId, role: who.role, rank, from: at(from), to: at(to) }] : []
  const turn = (of: AccountActor[], n: number) => of[n % of.length]
  const daily = Array.from({ length: SHIFTS }, (_, n) => [
    ...shift(turn(agents, n * 2), 1, n, n + 1),
    ...shift(turn(agents, n * 2 + 1), 2, n, n + 1),
    ...(n === UNHELD ? [] : shift(turn(leads, n), 1, n, n + 1)),
  ]).flat()
  return [...daily, ...shift(directors[0], 1, 0, SHIFTS), ...shift(directors[1], 2, 0, SHIFTS)]
}
