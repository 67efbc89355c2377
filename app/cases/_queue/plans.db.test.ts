import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'

const { owner, app } = await createTestDatabase()
const { generalTeamId, agent } = await makePeople(owner)

// As after some months of a busy year.
beforeAll(async () => {
  await owner`insert into cases (reference, submission_id, state, level, reporter_kind, channel, verification, numbers, symptom,
      territory_code, heard_at, received_at, team_id, queue_rank, next_contact_at, assignee_id)
    select 'x-' || n, gen_random_uuid(), state, 1 + n % 4, 'samu', 'portal', 'signed_in', '{15}', 'NO_RING', '59', at, at,
      ${generalTeamId}, n % 3, case when app.is_open(state) then at end, case when n % 40 = 0 then ${agent.accountId}::bigint end
    from (select n, timestamptz '2026-11-01' + n * interval '1 minute' as at,
      case when n % 4 > 0 then 'closed' when n % 60 = 0 then 'received' else 'checking' end as state
      from generate_series(1, 12000) n) made`
  await owner`analyze cases`
})

type Plan = { 'Index Name'?: string; 'Total Cost': number; Plans?: Plan[] }

/** How the statement would be answered, asked as an agent of the cell, policies included. */
async function planOf(query: string): Promise<Plan> {
  return app.begin(async (sql) => {
    await sql`select set_config('app.role', 'agent', true), set_config('app.account', ${String(agent.accountId)}, true)`
    const [row] = await sql.unsafe(`explain (format json) ${query}`)
    return row?.['QUERY PLAN'][0].Plan
  })
}

function indexes(plan: Plan): string[] {
  return [plan['Index Name'] ?? [], ...(plan.Plans ?? []).map(indexes)].flat()
}

const ORDER = 'order by queue_rank, level desc nulls first, received_at, id limit 26'

test.each([
  // Sorted after, while the open are few: then the smallest index of them will do.
  ['the queue', `app.is_open(state) ${ORDER}`, /^cases_(queue|state|open_territory)$/],
  ['what nobody has acknowledged', `app.is_open(state) and state = 'received' ${ORDER}`, /^cases_state$/],
  ['mine', `app.is_open(state) and assignee_id = ${agent.accountId}`, /^cases_assignee$/],
])(
  '%s: to ask what is open costs what the list written out costs, in the index of the open',
  async (_, where, index) => {
    const asked = await planOf(`select id from cases where ${where}`)
    expect(asked).toEqual(
      await planOf(
        `select id from cases where ${where.replace('app.is_open(state)', "state not in ('closed', 'duplicate', 'out_of_scope')")}`,
      ),
    )
    expect(indexes(asked).filter((name) => index.test(name))).toHaveLength(1)
  },
)
