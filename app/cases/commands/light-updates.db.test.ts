import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { missDeadlines } from './miss-deadlines.ts'
import { reportCase } from './report.ts'
import { updateCase } from './update.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = Date.parse('2026-11-23T10:00:00Z')
const minute = (n: number) => new Date(T0 + n * 60_000)

// A row changed in its own page and no index touched (a HOT update) costs one write; any other, one in each of a dozen
// indexes. Whether a page had room is chance: what is asked is that no index holds what these writes change.
test('what the rules and the room write on a case all day touches none of its indexes', async () => {
  const input = reportInput.parse({
    submissionId: randomUUID(),
    numbers: ['115'],
    symptom: 'NO_RING',
    territoryCode: '59',
    details: 'Les appels n’aboutissent plus depuis quelques minutes.',
  })
  const made = await reportCase(people.samu59, input, minute(0))
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { reference } = made.value
  const judged = await changedBy(reference, () => correlateNow(machine('rules'), minute(1)))
  expect(judged).toContain('outcome')
  await acknowledgeCase(people.agent, { reference, version: null, nextContactAt: null }, minute(2))
  const promised = await changedBy(reference, () =>
    updateCase(
      people.agent,
      { reference, version: null, text: 'Essais en cours.', nextContactAt: minute(30) },
      minute(10),
    ),
  )
  expect(promised).toEqual(expect.arrayContaining(['next_contact_at', 'version']))

  const indexes = await owner<{ text: string }[]>`
    select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = 'cases'::regclass`
  expect(indexes.length).toBeGreaterThan(8)
  const held = [...judged, ...promised].filter((column) =>
    indexes.some(({ text }) => new RegExp(`\\b${column}\\b`).test(text)),
  )
  expect(held).toEqual([])
  // The hour that was promised last is the one the clock turns.
  await owner`update cases set check_due_at = null`
  await missDeadlines(machine('clock'), minute(29))
  expect(await owner`select 1 from cases where promise_missed_at is not null`).toHaveLength(0)
  await missDeadlines(machine('clock'), minute(30))
  expect(await owner`select 1 from cases where promise_missed_at is not null`).toHaveLength(1)
})

async function changedBy(reference: string, work: () => Promise<unknown>): Promise<string[]> {
  const read = async () =>
    (await owner`select to_jsonb(c) as row from cases c where reference = ${reference}`)[0]?.row
  const before = await read()
  await work()
  const after = await read()
  return Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]))
}
