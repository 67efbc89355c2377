import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { verifyJournal } from '#app/_journal/verify.ts'
import { asActor } from '#db/transaction.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { FORGOTTEN, type Kept, RETENTION } from '../rules/retention.ts'
import { forgetOld } from './forget.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const clock = machine('clock')
const NOW = new Date('2026-11-23T10:00:00Z')
const DAY = 86_400_000
const account = people.agent.accountId

/** One row of each kind, of that age; and how to see that it is still there. */
const rows: Record<
  Exclude<Kept, 'typed' | 'journal'>,
  [(at: Date) => PromiseLike<unknown>, () => PromiseLike<ArrayLike<unknown>>]
> = {
  uploads: [
    (at) => owner`insert into directory_upload (account_id, file_name, content, hash, bytes, created_at)
      values (${account}, 'x', 'x', 'x', 1, ${at})`,
    () => owner`select 1 from directory_upload`,
  ],
  attachments: [
    async (at) => {
      await says(people.samu59, '59', NOW)
      const [row] = await owner`select max(id)::int as id from cases`
      await owner`update cases set state = 'closed', closed_at = ${at}, received_at = ${at}, next_contact_at = null, deadline_at = null where id = ${row?.id}`
      await owner`insert into attachment (case_id, account_id, name, kind, size, content, at)
        values (${row?.id}, ${account}, 'x.txt', 'text/plain', 1, 'x', ${NOW})`
    },
    () => owner`select 1 from attachment`,
  ],
  mass_messages: [
    async (at) => {
      const [about] =
        await owner`insert into instruction (number, state, failing, callers, territory_code, slots, all_clear, ends_at, drafted_at, drafted_by_name)
        values ((select coalesce(max(number), 0) + 1 from instruction), 'ended', '15', 'any', '59', '{}', 'x', ${NOW}, ${new Date(0)}, 'x') returning id`
      const [mass] =
        await owner`insert into broadcast (instruction_id, state, text, segments, part_price, purpose, left_out, prepared_at, prepared_by_id, prepared_by_name, ended_at)
        values (${about?.id}, 'done', 'x', 1, 1, 'x', '{}', ${at}, ${account}, 'x', ${at}) returning id`
      await owner`insert into broadcast_recipient (broadcast_id, phone, wave) values (${mass?.id}, '+33639980001', 'all')`
    },
    () => owner`select 1 from broadcast_recipient`,
  ],
  presence: [
    async (at) => {
      await says(people.samu59, '59', NOW)
      await owner`insert into case_presence (case_id, account_id, seen_at) select max(id), ${account}, ${at} from cases`
    },
    () => owner`select 1 from case_presence`,
  ],
  throttles: [
    (at) =>
      owner`insert into sign_in_throttle (key, failures, last_failure_at) values (${randomUUID()}, 1, ${at})`,
    () => owner`select 1 from sign_in_throttle`,
  ],
  known_origins: [
    (at) =>
      owner`insert into known_origin (account_id, mark, last_at) values (${account}, ${randomUUID()}, ${at})`,
    () => owner`select 1 from known_origin`,
  ],
  jobs: [
    async (at) => {
      await owner`select graphile_worker.add_job('react', '{}'::json, max_attempts => 1)`
      await owner`update graphile_worker._private_jobs set attempts = 1, updated_at = ${at} where max_attempts = 1`
    },
    () => owner`select 1 from graphile_worker._private_jobs where max_attempts = 1`,
  ],
  sessions: [
    (at) => owner`insert into session (id, account_id, created_at, last_seen_at, expires_at)
      values (${randomUUID()}, ${account}, ${at}, ${at}, ${at})`,
    () => owner`select 1 from session`,
  ],
  sign_in_counts: [
    (at) => owner`insert into sign_in_count (hour, outcome, times) values (${at}, 'held', 1)`,
    () => owner`select 1 from sign_in_count`,
  ],
  messages: [
    (at) => owner`insert into inbox_message (account_id, kind, data, dedupe_key, created_at)
      values (${account}, 'case_reported', '{}', ${randomUUID()}, ${at})`,
    () => owner`select 1 from inbox_message where kind = 'case_reported' and dedupe_key ~ '^[0-9a-f-]{36}$'`,
  ],
  calls: [
    async (at) => {
      const [key] = await owner`insert into api_token (account_id, hash, name, scopes, created_at, expires_at)
        values (${account}, ${randomUUID()}, 'standard', '{telephony}', ${at}, ${at}) returning id`
      await owner`insert into phone_call (source_id, call_key, direction, shown, state, started_at)
        values (${key?.id}, 'x', 'in', '0199001234', 'ended', ${at})`
    },
    () => owner`select 1 from phone_call`,
  ],
  probe_results: [
    async (at) => {
      const [probe] = await owner`insert into probe (name, territory_code, operator, technology, created_at)
        values (${randomUUID()}, '59', 'Alpha', 'trunk', ${at}) returning id`
      await owner`insert into probe_result (probe_id, key, agreement_id, number, territory_code, at, verdict)
        values (${probe?.id}, 'x', 1, '15', '59', ${at}, 'answered')`
    },
    () => owner`select 1 from probe_result`,
  ],
  probe_windows: [
    (
      at,
    ) => owner`insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
      values ('59', '15', 1, ${at}, 1, 1, 0, 0, 0)`,
    () => owner`select 1 from probe_window`,
  ],
  cases: [
    async (at) => {
      const reference = await says(people.samu59, '59', at, {
        details: 'Mme Cachée n’est pas jointe',
        callbackPhone: '0199001234',
      })
      await owner`update cases set state = 'closed', closed_at = ${at} where reference = ${reference}`
    },
    () => owner`select 1 from cases where callback_phone is not null`,
  ],
}

describe.each(FORGOTTEN as (keyof typeof rows)[])('%s', (what) => {
  const [make, there] = rows[what]
  const age = RETENTION[what].days * DAY
  test('stays as long as it was said, and no longer', async () => {
    await make(new Date(NOW.getTime() - age))
    await forgetOld(clock, NOW)
    expect(await there()).toHaveLength(1)
    await forgetOld(clock, new Date(NOW.getTime() + 1))
    expect(await there()).toHaveLength(0)
  })
})

test('a case forgets who and which words, keeps its facts, is found by them, and its journal holds', async () => {
  const old = new Date(NOW.getTime() - 6 * 365 * DAY)
  const reference = await says(people.samu37, '37', old, {
    details: 'Mme Cachée',
    symptomWords: 'silence',
    callbackPhone: '0199001234',
  })
  const open = await says(people.samu59, '59', old, { details: 'encore ouvert' })
  await owner`update cases set state = 'closed', closed_at = ${old} where reference = ${reference}`
  await forgetOld(clock, NOW)
  const [row] =
    await owner`select details, symptom_words, callback_phone, reporter_name, numbers, territory_code, search::text
    from cases where reference = ${reference}`
  expect(row).toMatchObject({ details: null, symptom_words: null, callback_phone: null, reporter_name: null })
  expect(row).toMatchObject({ numbers: ['15'], territory_code: '37' })
  expect(row?.search).not.toMatch(/cach/)
  const [still] = await owner`select details from cases where reference = ${open}`
  expect(still?.details).toBe('encore ouvert')
  expect((await verifyJournal(owner)).broken).toBeNull()
})

test('what belongs to a failure that goes on is kept: the photos and words of a duplicate as long as its main is open', async () => {
  const old = new Date(NOW.getTime() - 6 * 365 * DAY)
  const main = await says(people.samu37, '37', old, { details: 'principal' })
  const reference = await says(people.samu59, '59', old, { details: 'le même fait' })
  await owner`update cases set state = 'duplicate', duplicate_of_id = (select id from cases where reference = ${main}),
    next_contact_at = null, deadline_at = null where reference = ${reference}`
  await owner`insert into attachment (case_id, account_id, name, kind, size, content, at)
    select id, ${account}, 'x.txt', 'text/plain', 1, 'x', ${old} from cases where reference = ${reference}`
  const kept = async () =>
    (
      await owner`select details, (select count(*)::int from attachment where case_id = c.id) as files
        from cases c where reference = ${reference}`
    )[0]
  await forgetOld(clock, NOW)
  expect(await kept()).toEqual({ details: 'le même fait', files: 1 })
  await owner`update cases set state = 'closed', closed_at = ${old} where reference = ${main}`
  await forgetOld(clock, NOW)
  expect(await kept()).toEqual({ details: null, files: 0 })
})

test('a name inside a ticket goes with the others, its number and its role stay', async () => {
  const old = new Date(NOW.getTime() - 6 * 365 * DAY)
  const reference = await says(people.samu37, '37', old)
  const related = [
    { id: 'T-1', role: 'technician', name: 'Mme Cachée' },
    { id: '15', role: 'emergencyNumber' },
  ]
  await owner`insert into ticket (case_id, severity, ticket_type, related)
    select id, 'x', 'x', ${owner.json(related)} from cases where reference = ${reference}`
  await owner`update cases set state = 'closed', closed_at = ${old}, reporter_name = null where reference = ${reference}`
  await forgetOld(clock, NOW)
  const [row] =
    await owner`select related from ticket t join cases c on c.id = t.case_id where c.reference = ${reference}`
  expect(row?.related).toEqual([
    { id: 'T-1', role: 'technician' },
    { id: '15', role: 'emergencyNumber' },
  ])
})

test('a year’s worth goes in many short turns; how much is written down, never whose', async () => {
  await owner`insert into sign_in_throttle (key, failures, last_failure_at)
    select 'many' || i, 1, ${new Date(NOW.getTime() - 9 * DAY)} from generate_series(1, 25) i`
  const turns = []
  for (let more = true; more; turns.push(more)) more = (await forgetOld(clock, NOW, 10)).more
  expect(turns).toEqual([true, true, false])
  const lines =
    await owner`select data from journal where event = 'operations.forgotten' order by id desc limit 3`
  expect(lines.map(({ data }) => data)).toEqual([{ throttles: 5 }, { throttles: 10 }, { throttles: 10 }])
  const before = await owner`select 1 from journal where event = 'operations.forgotten'`
  await forgetOld(clock, NOW)
  expect(await owner`select 1 from journal where event = 'operations.forgotten'`).toHaveLength(before.length)
})

test('nobody but the clock forgets anything', async () => {
  for (const actor of [
    people.admin,
    people.lead,
    people.samu59,
    { kind: 'door' as const },
    machine('clock', 1),
  ])
    await expect(
      asActor(actor, (tx) => tx.execute(`select app.forget('messages', now(), 10)`)),
    ).rejects.toThrow()
})
