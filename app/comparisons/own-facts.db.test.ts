import { expect, it } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readAccount } from './queries.ts'
import { STAGES, type Stage } from './rules/account.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T16:00:00Z')
const at = (minute: number) => new Date(T0.getTime() + minute * 60_000)
const REFERENCE = 'INC-2026-000091-1'
const NAME = `incident:${REFERENCE}`

await says(people.samu59, '59', at(5), { sinceAt: T0 } as never)
await owner`insert into incident (reference, state, level, opened_at, last_at) values (${REFERENCE}, 'confirmed', 3, ${at(6)}, ${at(6)})`
const [{ id } = { id: 0 }] = await owner<
  { id: number }[]
>`select id::int from incident where reference = ${REFERENCE}`
await owner`update cases set incident_id = ${id}, since_at = ${T0}`

const minutes = async () => {
  const account = await readAccount(people.lead, NAME)
  return STAGES.map((stage: Stage) => account?.stages[stage].minutes ?? null)
}
const means = async () => {
  const account = await readAccount(people.lead, NAME)
  return Object.fromEntries(Object.entries(account?.means ?? {}).map(([mean, { had }]) => [mean, had]))
}

it('an incident of ours stands on the axis with what was done, each by its first hour, and nothing that was not', async () => {
  expect(await minutes()).toEqual([5, null, null, null, null, null, null, null])
  expect(await means()).toEqual({
    line: 'yes',
    supervision: 'no',
    mass_message: 'no',
    fallback: 'no',
    law: 'yes',
  })

  await owner`update cases set acknowledged_at = ${at(9)}, confirmed_at = ${at(200)}`
  await owner`update incident set restored_at = ${at(120)} where id = ${id}`
  // A centre that is told is no authority.
  const told = (organisation: number | null, minute: number) =>
    owner`insert into incident_told (incident_id, organisation_id, at, by_name, how)
      values (${id}, ${organisation}, ${at(minute)}, 'x', 'x')`
  await told(people.samu59.organisationId, 10)
  await told(people.pref59.organisationId, 25)
  const [instruction] =
    await owner`insert into instruction (number, state, failing, callers, territory_code, slots, all_clear, ends_at,
      drafted_at, drafted_by_name, in_force_at, incident_id)
    values (1, 'in_force', '15', 'any', '59', '{}', 'x', ${at(600)}, ${T0}, 'x', ${at(40)}, ${id}) returning id::int`
  await owner`insert into broadcast (instruction_id, state, text, segments, part_price, purpose, left_out, prepared_at, prepared_by_id,
      prepared_by_name, confirmed_at) values (${instruction?.id}, 'done', 'x', 1, 1, 'x', '{}', ${T0}, 1, 'x', ${at(50)})`
  const [fallback] =
    await owner`insert into fallback (state, covers, territory_code, organisation_id, incident_id, capacity, planned_at, opened_at)
    values ('open', '15', '59', ${people.samu59.organisationId}, ${id}, 4, ${T0}, ${at(33)}) returning id::int`
  await owner`insert into test_agreement (organisation_id, number, territory_code, destination, agreed_by, agreed_on, contact,
      most_per_hour, created_at, created_by_name)
    values (${people.samu59.organisationId}, '15', '59', 'sip:x@y', 'x', '2026-01-01', 'x', 4, ${at(-600)}, 'x')`
  expect(await minutes()).toEqual([5, 9, null, 25, 40, 33, 120, 200])
  const had = { line: 'yes', supervision: 'yes', mass_message: 'yes', fallback: 'yes', law: 'yes' }
  expect(await means()).toEqual(had)

  await owner`insert into fallback_test (fallback_id, network, passed, tried, at, by_name)
    values (${fallback?.id}, 'Mobile Témoin', 1, 3, ${at(60)}, 'x')`
  expect(await means()).toEqual({ ...had, fallback: 'partly' })
})

it('is nothing for whoever may not read it', async () => {
  expect(await readAccount(people.samu59, NAME)).toBeNull()
  expect(await readAccount(people.lead, 'incident:INC-2026-000092-1')).toBeNull()
})
