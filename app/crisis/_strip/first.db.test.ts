import { expect, test } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readStrip } from './query.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
/** Each test has a day of its own. */
const on = (day: number, minute: number) => new Date(Date.UTC(2026, 10, day, 10, minute))
const first = async (at: Date) => (await readStrip(people.agent, at)).first?.reference ?? null

test('the quiet clock is of the first report, to its end, and goes on to no other', async () => {
  const told = await says(people.samu59, '59', on(2, 0))
  await says(people.samu37, '37', on(2, 20))
  expect(await first(on(2, 21))).toBe(told)
  expect(await first(on(2, 29))).toBe(told)
  expect(await first(on(2, 35))).toBe(null)
})

test.each([
  [
    'a case that is closed',
    4,
    (reference: string) =>
      owner`update cases set state = 'closed', next_contact_at = null, closed_at = received_at where reference = ${reference}`,
  ],
  [
    'a residual case',
    6,
    (reference: string) =>
      owner`update cases set residual_since = received_at where reference = ${reference}`,
  ],
  [
    'a case of an incident that is restored',
    8,
    (reference: string) =>
      owner`with made as (insert into incident (reference, title, state, level, opened_at, last_at)
          values ('I-2026-0099', 'Essai', 'restored', 3, ${on(8, 0)}, ${on(8, 0)}) returning id)
        update cases set incident_id = made.id from made where cases.reference = ${reference}`,
  ],
] as const)('%s has no clock', async (_, day, becomes) => {
  const told = await says(people.samu59, '59', on(day, 0))
  expect(await first(on(day, 2))).toBe(told)
  await becomes(told)
  expect(await first(on(day, 2))).toBe(null)
})

test('refused, nobody is being called any more: neither to his face nor before the room', async () => {
  const [made] =
    await owner`insert into proposal (key, rule, level, state, fired_at, group_start, made_at, case_ids, reason)
      values ('refused', 'unusual', 'crisis', 'open', ${on(10, 0)}, ${on(10, 0)}, ${on(10, 0)}, '{}', '{"key": "x", "values": {}}') returning id::int`
  const [run] = await owner`insert into crisis (proposal_id, first_report_at, proposed_at)
    values (${made?.id}, ${on(10, 0)}, ${on(10, 0)}) returning id::int`
  await owner`insert into call_out (crisis_id, account_id, name, role, round, at)
    values (${run?.id}, ${people.director.accountId}, 'Denis', 'on_call', 1, ${on(10, 1)})`
  const shown = async () => {
    const strip = await readStrip(people.director, on(10, 2))
    return [strip.call?.round, strip.run?.calling.map(({ name }) => name)]
  }
  expect(await shown()).toEqual([1, ['Denis']])
  await owner`update crisis set declined_at = ${on(10, 2)}, decided_at = ${on(10, 2)} where id = ${run?.id}`
  expect(await shown()).toEqual([undefined, []])
})
