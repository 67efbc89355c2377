import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AccountActor } from '#app/_auth/actor.ts'
import { acknowledgeCase } from '#app/cases/commands/acknowledge.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { acknowledgeInput, reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { readAlarms } from '../_alarm/query.ts'
import { hearAlarms } from './hear.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const NOW = new Date('2026-11-24T09:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

async function report(numbers: string[]): Promise<string> {
  const input = reportInput.parse({
    submissionId: randomUUID(),
    numbers,
    symptom: 'NO_RING',
    territoryCode: '59',
  })
  const made = await reportCase(people.samu59, input, NOW)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.reference
}

const open = async (as: AccountActor) =>
  (await readAlarms(as)).map(({ kind, reference }) => [kind, reference])

test('an N3 sounds for the room and the screen on its wall, an N2 does not', async () => {
  await report(['15'])
  const grave = await report(['15', '18'])
  for (const who of [people.agent, people.lead, people.wall])
    expect(await open(who)).toEqual([['grave', grave]])
})

test('no reporter sees an alarm, none may say that it was heard, and a screen may not either', async () => {
  expect(await readAlarms(people.samu59)).toEqual([])
  const keys = (await readAlarms(people.agent)).map(({ key }) => key)
  for (const who of [people.samu59, people.wall]) {
    expect(await hearAlarms(who, { keys }, later(1))).toMatchObject({
      ok: false,
      reason: { key: 'cell.refused.absent' },
    })
  }
  expect(await open(people.agent)).toHaveLength(1)
})

test('heard by one it is silent for all, twice is once, and the journal says by whom', async () => {
  const keys = (await readAlarms(people.agent)).map(({ key }) => key)
  expect(await hearAlarms(people.lead, { keys }, later(1))).toMatchObject({ value: { heard: 1 } })
  expect(await hearAlarms(people.agent, { keys }, later(2))).toMatchObject({ value: { heard: 0 } })
  expect(await open(people.agent)).toEqual([])
  const lines = await owner`select actor_name, data from journal where event = 'alarm.heard'`
  expect(lines).toMatchObject([{ actor_name: 'Clara Essai', data: { count: 1, keys } }])
})

test('a case that is answered no longer sounds; what is broken afterwards does', async () => {
  const reference = await report(['15', '18'])
  expect(await open(people.agent)).toEqual([['grave', reference]])
  await acknowledgeCase(people.agent, acknowledgeInput.parse({ reference }), later(2))
  expect(await open(people.agent)).toEqual([])
  await owner`update cases set promise_missed_at = ${later(40)}, queue_rank = 4 where reference = ${reference}`
  expect(await open(people.agent)).toEqual([['promise', reference]])
})
