import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { declareIncident } from '#app/incidents/commands/declare.ts'
import { putIntoIncident } from '#app/incidents/commands/put.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { reportInput } from '../input.ts'
import { acknowledgeCase } from './acknowledge.ts'
import { assignCase } from './assign.ts'
import { eachCase } from './each.ts'
import { reportCase } from './report.ts'
import { updateCase } from './update.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')
const at = (min: number) => new Date(now.getTime() + min * 60_000)

async function opened(n: number): Promise<{ reference: string; version: number }[]> {
  const made = []
  for (let i = 0; i < n; i++) {
    const input = reportInput.parse({
      submissionId: randomUUID(),
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    })
    const answer = await reportCase(people.samu59, input, now)
    if (!answer.ok) throw new Error(answer.reason.key)
    made.push({ reference: answer.value.reference, version: 1 })
  }
  return made
}

const lines = (reference: string, event: string) =>
  owner`select j.actor_name, j.text from journal j join cases c on c.id = j.case_id
    where c.reference = ${reference} and j.event = ${event}`

test('six cases, one word: each has its own line, by its own command', async () => {
  const six = await opened(6)
  const acknowledged = await eachCase(six, (one) =>
    acknowledgeCase(people.agent, { ...one, nextContactAt: null }, now),
  )
  expect(acknowledged).toEqual({ ok: true, value: { done: 6 } })
  const updated = await eachCase(six, ({ reference }) =>
    updateCase(
      people.agent,
      { reference, version: 2, text: 'Panne du cœur de réseau.', nextContactAt: at(20) },
      at(1),
    ),
  )
  expect(updated).toEqual({ ok: true, value: { done: 6 } })
  for (const { reference } of six)
    expect(await lines(reference, 'case.updated')).toEqual([
      { actor_name: people.agent.name, text: 'Panne du cœur de réseau.' },
    ])
})

test('what one refuses stops no other, and each refusal is told under its number', async () => {
  const [overtaken, fine, unread] = await opened(3)
  if (!overtaken || !fine || !unread) throw new Error('three cases')
  await acknowledgeCase(people.agent2, { ...overtaken, nextContactAt: null }, now)
  await acknowledgeCase(people.agent2, { ...fine, nextContactAt: null }, now)
  const answer = await eachCase(
    [overtaken, { ...fine, version: 2 }, unread, { reference: '2026-999999-0', version: 1 }],
    (one) => updateCase(people.agent, { ...one, text: 'Un mot pour tous.', nextContactAt: at(20) }, at(1)),
  )
  expect(answer).toEqual({
    ok: false,
    reason: { key: 'queue.several.partly', values: { done: 1, refused: 3 } },
    conflict: { version: 2 },
    fields: {
      [`case-${overtaken.reference}`]: { key: 'cases.refused.overtaken' },
      [`case-${unread.reference}`]: { key: 'cases.refused.acknowledge_first' },
      'case-2026-999999-0': { key: 'cases.refused.absent' },
    },
  })
  expect(await lines(fine.reference, 'case.updated')).toHaveLength(1)
  expect(await lines(overtaken.reference, 'case.updated')).toHaveLength(0)
})

test('what none of them takes is a fault of the field, not of the cases', async () => {
  const two = await opened(2)
  await eachCase(two, (one) => acknowledgeCase(people.agent, { ...one, nextContactAt: null }, now))
  const answer = await eachCase(two, ({ reference }) =>
    updateCase(people.agent, { reference, version: null, text: 'Un mot.', nextContactAt: at(-5) }, at(1)),
  )
  expect(answer).toMatchObject({ ok: false, fields: { nextContactAt: { key: expect.any(String) } } })
})

test('an error in the middle hides nothing of what was done before it', async () => {
  const three = await opened(3)
  const answer = await eachCase(three, async (one) => {
    if (one === three[1]) throw new Error('the line was cut')
    return acknowledgeCase(people.agent, { ...one, nextContactAt: null }, now)
  })
  expect(answer).toMatchObject({
    reason: { values: { done: 2, refused: 1 } },
    fields: { [`case-${three[1]?.reference}`]: { key: 'forms.failed' } },
  })
})

test('who may not assign one may not assign several', async () => {
  const two = await opened(2)
  const answer = await eachCase(two, (one) =>
    assignCase(people.samu59, { ...one, teamId: null, assigneeId: null, reason: null }, now),
  )
  expect(answer).toMatchObject({ reason: { values: { done: 0, refused: 2 } } })
})

test('into one incident: what is loose by anyone, what is elsewhere by a lead alone; the first opens a new one', async () => {
  const [loose, held, third] = await opened(3)
  if (!loose || !held || !third) throw new Error('three cases')
  const home = await declareIncident(people.lead, { case: held.reference, reason: 'Une même cause' }, now)
  const other = await declareIncident(people.lead, { case: third.reference, reason: 'Une autre cause' }, now)
  if (!home.ok || !other.ok) throw new Error('two incidents')
  const into = other.value.reference
  const put = (actor: typeof people.agent, incident: string | null) =>
    eachCase([loose, held], ({ reference }) =>
      putIntoIncident(actor, { reference, incident, reason: 'Même câble' }, at(2)),
    )

  expect(await put(people.agent, into)).toMatchObject({
    reason: { values: { done: 1, refused: 1 } },
    fields: { [`case-${held.reference}`]: { key: 'incidents.refused.lead_declares' } },
  })
  expect(await put(people.lead, into)).toEqual({ ok: true, value: { done: 2 } })
  const where =
    await owner`select c.reference, i.reference as incident from cases c join incident i on i.id = c.incident_id
    where c.reference in ${owner([loose.reference, held.reference, third.reference])}`
  expect(new Set(where.map((row) => row.incident))).toEqual(new Set([into]))
  expect(await lines(held.reference, 'case.attached_incident')).toHaveLength(2)

  const alone = await putIntoIncident(
    people.lead,
    { reference: loose.reference, incident: null, reason: 'À part' },
    at(3),
  )
  expect(alone).toMatchObject({ ok: true, value: { incident: expect.stringMatching(/^INC-/) } })
  if (alone.ok) expect(alone.value.incident).not.toBe(into)
})
