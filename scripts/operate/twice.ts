import type postgres from 'postgres'

/** What a clock, a step of the ladder or a message did twice because two workers live: nothing of it may be there. */
export async function doneTwice(
  owner: postgres.Sql,
): Promise<{ checked: Record<string, number>; twice: string[] }> {
  const checked: Record<string, number> = {}
  const twice: string[] = []
  for (const [what, all, groups] of ONCE) {
    const [count] = await owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${all}`)
    checked[what] = count?.n ?? 0
    const found = await owner.unsafe<{ key: string; n: number }[]>(
      `select concat_ws(' ', ${groups}) as key, count(*)::int as n from ${all} group by ${groups} having count(*) > 1 limit 5`,
    )
    twice.push(...found.map(({ key, n }) => `${what}: ${key}, ${n} times`))
  }
  return { checked, twice }
}

/** What, all of them, and what makes two of them one. */
const ONCE: [string, string, string][] = [
  ['calls of the ladder', 'call_out', 'crisis_id, account_id, round'],
  ['crises of one proposal', 'crisis', 'proposal_id'],
  ['proposals', `proposal where state = 'open'`, 'key, exercise_id'],
  [
    'deadlines missed',
    `journal where event in ('case.ack_missed', 'case.check_missed', 'case.promise_missed') and case_id is not null`,
    'case_id, event, data::text',
  ],
  ['clocks of the crisis started', `journal where event = 'crisis.clock_started'`, 'incident_id, data::text'],
  ['messages', 'outbox', 'dedupe_key, to_type, to_id, channel'],
]
