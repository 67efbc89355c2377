import { expect, test } from 'vitest'
import { checkPassphrase } from '#app/_auth/passphrase.ts'
import { verifyJournal } from '#app/_journal/verify.ts'
import { isOverdue, OVERDUE_IN_SQL } from '#app/cases/rules/deadlines.ts'
import { CASE_STATES } from '#db/schema/cases.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { DEMO_ACCOUNTS } from './accounts.ts'
import { seedDemo } from './demo.ts'
import { isFiction } from './phone-numbers.ts'

const { owner } = await createTestDatabase()
const NOW = new Date('2026-11-23T03:30:00Z')
await seedDemo(NOW)

test('some thirty cases in every state, a few overdue, none in the future', async () => {
  const rows = await owner`select state, count(*)::int as n from cases group by state`
  expect(rows.map((row) => row.state).sort()).toEqual([...CASE_STATES].sort())
  expect(rows.reduce((sum, row) => sum + row.n, 0)).toBeGreaterThanOrEqual(30)
  const [late] = await owner`select count(*)::int as n from cases where ${owner.unsafe(OVERDUE_IN_SQL)}`
  expect(late?.n).toBeGreaterThanOrEqual(3)
  expect(late?.n).toBeLessThanOrEqual(6)
  const [later] =
    await owner`select count(*)::int as n from journal where at > ${NOW} and event <> 'directory.imported'`
  expect(later?.n).toBe(0)
})

test('each open case has its promise, each closed one was confirmed or sought three times', async () => {
  const bare = await owner`select reference from cases
    where app.is_open(state) and next_contact_at is null`
  expect(bare).toEqual([])
  const closed = await owner`select closing, confirmed_at, contact_attempts from cases where state = 'closed'`
  expect(closed.every((one) => one.confirmed_at || one.contact_attempts >= 3)).toBe(true)
  expect(new Set(closed.map((one) => one.closing))).toEqual(new Set(['confirmed', 'unreachable']))
})

test('one incident restored by the operator left three cases behind, of different ages', async () => {
  const [one, ...others] = await owner`select id, state, restored_at from incident where state = 'residual'`
  expect(others).toEqual([])
  expect(one?.restored_at).not.toBeNull()
  const left = await owner<{ incident_id: string; since: Date; rank: number }[]>`
    select incident_id, residual_since as since, queue_rank as rank from cases
    where residual_since is not null and app.is_open(state) order by residual_since`
  expect(left.map((row) => row.incident_id)).toEqual([one?.id, one?.id, one?.id])
  expect(left.filter((row) => isOverdue(row.rank))).toEqual([])
  const days = new Set(left.map((row) => row.since.toISOString().slice(0, 10)))
  expect(days.size).toBe(2)
})

test('the journal is whole, and every case and incident has its chain', async () => {
  expect(await verifyJournal(owner)).toMatchObject({ broken: null })
})

test('no job is left, and the inbox holds what followed', async () => {
  const [jobs] =
    await owner`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'react'`
  expect(jobs?.n).toBe(0)
  const [told] = await owner`select count(*)::int as n from inbox_message`
  expect(told?.n).toBeGreaterThan(20)
})

test('the demo accounts sign in, nobody else does; every number is one of fiction', async () => {
  const rows = await owner`select email, hash from passphrase join account on account.id = account_id`
  expect(rows).toHaveLength(DEMO_ACCOUNTS.length)
  const [first] = DEMO_ACCOUNTS
  expect(
    await checkPassphrase(rows.find((row) => row.email === first?.email)?.hash, first?.passphrase ?? ''),
  ).toBe(true)
  const phones =
    await owner`select phone from contact union all select callback_phone from cases where callback_phone is not null`
  expect(phones.length).toBeGreaterThan(1_000)
  expect(phones.filter((one) => !isFiction(one.phone))).toEqual([])
})

test('the demo authority sees the cases of the demo reporter', async () => {
  const [row] =
    await owner`select count(*)::int as n from cases c join account a on a.organisation_id = c.organisation_id
    where a.email = ${DEMO_ACCOUNTS[0]?.email ?? ''} and c.territory_code = '59'`
  expect(row?.n).toBeGreaterThanOrEqual(3)
})

test('agent, lead and director are on call now, and no crisis comes of the demonstration', async () => {
  const held =
    await owner`select distinct role from roster_shift where from_at <= ${NOW} and to_at > ${NOW} order by role`
  expect(held.map((one) => one.role)).toEqual(['agent', 'director', 'lead'])
  const [crisis] = await owner`select (select count(*)::int from crisis) as crises,
    (select count(*)::int from proposal where level = 'crisis') as proposals`
  expect(crisis).toEqual({ crises: 0, proposals: 0 })
})
