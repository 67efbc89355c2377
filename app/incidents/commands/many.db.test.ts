import { beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reported } from '#scripts/testing/reported.ts'
import { declareIncident } from './declare.ts'
import { changeIncidentState } from './state.ts'
import { updateIncident } from './update.ts'

/** What a wider command does to each of many cases, in as few statements as they are of kinds. */
const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const MANY = 120
const now = new Date()
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
let incident = ''

beforeAll(async () => {
  const declared = await declareIncident(
    people.lead,
    { case: await reported(people.samu59), reason: 'une seule cause' },
    now,
  )
  if (!declared.ok) throw new Error(declared.reason.key)
  incident = declared.value.reference
  for (let n = 1; n < MANY; n++) await reported(people.samu59)
  // Half of them wait for a check of their own, each at its own hour; one is still to be acknowledged, and is not told.
  await owner`update cases set incident_id = (select id from incident), state = 'checking', ack_due_at = null, acknowledged_at = ${now},
    check_due_at = case when id % 2 = 0 then ${later(5)}::timestamptz + id * interval '1 second' end`
  await owner`update cases set state = 'received' where id = (select min(id) from cases)`
})

const lines = (event: string) =>
  owner<{ id: number; chain: string; text: string | null }[]>`
    select id::int, chain, text from journal where event = ${event} order by id`
const jobs = async () => {
  const rows = await owner<{ lines: number[] }[]>`
    select payload -> 'lines' as lines from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'react'`
  return rows.map((row) => row.lines)
}

it('one text to each reporter: each case has its line, its version and its own next check; each line is announced once', async () => {
  await owner`delete from graphile_worker._private_jobs`
  const before = await owner`select id::int, version, check_due_at from cases order by id`
  const told = await updateIncident(
    people.lead,
    { incident, text: 'Une équipe est sur place.', nextContactAt: later(20) },
    now,
  )
  expect(told).toMatchObject({ ok: true, value: { told: MANY - 1 } })
  const after =
    await owner`select id::int, version, check_due_at, next_contact_at, deadline_at from cases order by id`
  for (const [n, row] of after.entries()) {
    const untold = n === 0
    expect(row.version).toBe(before[n]?.version + (untold ? 0 : 1))
    expect(row.check_due_at).toEqual(before[n]?.check_due_at)
    if (untold) continue
    expect(row.next_contact_at).toEqual(later(20))
    expect(row.deadline_at).toEqual(row.check_due_at ?? later(20))
  }
  const written = await lines('case.updated')
  expect(new Set(written.map(({ chain }) => chain)).size).toBe(MANY - 1)
  expect(written.every(({ text }) => text === 'Une équipe est sur place.')).toBe(true)
  const announced = (await jobs()).flat().filter((id) => written.some((line) => line.id === id))
  expect(announced.sort((a, b) => a - b)).toEqual(written.map(({ id }) => id))
})

it('restored: those that were worked wait for their reporter, the other to be acknowledged', async () => {
  const restored = await changeIncidentState(
    people.lead,
    {
      incident,
      version: null,
      to: 'restored',
      text: 'Rétabli par l’opérateur.',
      cause: 'access',
      nextContactAt: null,
    },
    now,
  )
  expect(restored).toMatchObject({ ok: true })
  const states =
    await owner`select state, count(*)::int from cases where residual_since is not null group by 1 order by 1`
  expect(states).toMatchObject([
    { state: 'received', count: 1 },
    { state: 'restored', count: MANY - 1 },
  ])
  expect(await lines('case.restored')).toHaveLength(MANY - 1)
  expect(await lines('case.residual')).toHaveLength(1)
})

it('the chains of all of them hold', async () => {
  const broken = await owner`
    select chain from (select chain, seq, prev_hash, lag(hash) over (partition by chain order by seq) as before from journal) j
    where seq > 1 and prev_hash is distinct from before`
  expect(broken).toEqual([])
})
