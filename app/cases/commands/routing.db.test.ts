import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { reportCase } from './report.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const { agent: day, agent2: night } = people
await owner`insert into routing_rule (position, name, territories, team_id, assignee_order)
  values (1, 'Nord', '{59}', ${people.generalTeamId}, ${[night.accountId, day.accountId]})`

const onDuty = (
  who: AccountActor,
  from: string,
  to: string,
  more: { role?: string; cancelled?: boolean } = {},
) =>
  owner`insert into roster_shift (account_id, role, from_at, to_at, cancelled_at)
    values (${who.accountId}, ${more.role ?? 'agent'}, ${from}, ${to}, ${more.cancelled ? from : null})`

async function routedAt(at: string): Promise<string | null> {
  const input = reportInput.parse({
    submissionId: randomUUID(),
    numbers: ['15'],
    symptom: 'NO_RING',
    territoryCode: '59',
  })
  const made = await reportCase(people.samu59, input, new Date(at))
  if (!made.ok) throw new Error(JSON.stringify(made))
  const [row] =
    await owner`select assignee_id::int as id from cases where reference = ${made.value.reference}`
  return row?.id === day.accountId ? 'day' : row?.id === night.accountId ? 'night' : null
}

beforeEach(async () => {
  await owner`delete from roster_shift`
  await owner`update account set active = true, role = 'agent' where id = any (${[day.accountId, night.accountId]})`
})

describe('a report goes to the first of the order who is on duty', () => {
  /** Shifts in the hours of Paris, 8 to 20 and 20 to 8, as they are in UTC. */
  const shifts = {
    'an ordinary night': {
      day: ['2026-11-23T07:00Z', '2026-11-23T19:00Z'],
      night: ['2026-11-23T19:00Z', '2026-11-24T07:00Z'],
    },
    // Thirteen hours long: from 3 o'clock back to 2.
    'the night the clock goes back': {
      day: ['2026-10-24T06:00Z', '2026-10-24T18:00Z'],
      night: ['2026-10-24T18:00Z', '2026-10-25T07:00Z'],
    },
    // Eleven hours long: from 2 o'clock on to 3.
    'the night the clock goes on': {
      day: ['2026-03-28T07:00Z', '2026-03-28T19:00Z'],
      night: ['2026-03-28T19:00Z', '2026-03-29T06:00Z'],
    },
  } as const
  const rows: [keyof typeof shifts, string, string, 'day' | 'night' | null][] = [
    ['an ordinary night', 'at 11:35', '2026-11-23T10:35Z', 'day'],
    ['an ordinary night', 'in the last minute of the day', '2026-11-23T18:59:59Z', 'day'],
    ['an ordinary night', 'as the night begins', '2026-11-23T19:00Z', 'night'],
    ['an ordinary night', 'at midnight', '2026-11-23T23:00Z', 'night'],
    ['an ordinary night', 'a minute after midnight', '2026-11-23T23:01Z', 'night'],
    ['an ordinary night', 'after the night', '2026-11-24T07:00Z', null],
    ['the night the clock goes back', 'at half past two, the first time', '2026-10-25T00:30Z', 'night'],
    ['the night the clock goes back', 'at half past two, the second time', '2026-10-25T01:30Z', 'night'],
    ['the night the clock goes back', 'in its last minute', '2026-10-25T06:59Z', 'night'],
    ['the night the clock goes back', 'after it', '2026-10-25T07:00Z', null],
    ['the night the clock goes on', 'a minute before the hour that is not', '2026-03-29T00:59Z', 'night'],
    ['the night the clock goes on', 'after the hour that is not', '2026-03-29T01:00Z', 'night'],
    ['the night the clock goes on', 'in its last minute', '2026-03-29T05:59Z', 'night'],
    ['the night the clock goes on', 'after it', '2026-03-29T06:00Z', null],
  ]
  it.each(rows)('%s, %s', async (which, _, at, expected) => {
    await onDuty(day, shifts[which].day[0], shifts[which].day[1])
    await onDuty(night, shifts[which].night[0], shifts[which].night[1])
    expect(await routedAt(at)).toBe(expected)
  })

  const hour = ['2026-11-23T10:00Z', '2026-11-23T12:00Z'] as const
  it.each([
    [
      'both: the first of the order',
      () => Promise.all([onDuty(day, ...hour), onDuty(night, ...hour)]),
      'night',
    ],
    [
      'the first’s shift cancelled',
      () => Promise.all([onDuty(day, ...hour), onDuty(night, ...hour, { cancelled: true })]),
      'day',
    ],
    [
      'the first deactivated since',
      async () => {
        await Promise.all([onDuty(day, ...hour), onDuty(night, ...hour)])
        await owner`update account set active = false where id = ${night.accountId}`
      },
      'day',
    ],
    [
      'the first a reporter since',
      async () => {
        await Promise.all([onDuty(day, ...hour), onDuty(night, ...hour)])
        await owner`update account set role = 'reporter' where id = ${night.accountId}`
      },
      'day',
    ],
    ['nobody: the team', async () => {}, null],
  ] as [string, () => Promise<unknown>, 'day' | 'night' | null][])(
    'on duty %s',
    async (_, arrange, expected) => {
      await arrange()
      expect(await routedAt('2026-11-23T11:00Z')).toBe(expected)
    },
  )
})
