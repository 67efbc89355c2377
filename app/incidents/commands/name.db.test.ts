import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { nameInput } from '../input.ts'
import { attachCase, detachCase } from './attach.ts'
import { declareIncident } from './declare.ts'
import { splitIncident } from './merge.ts'
import { nameIncident } from './name.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T10:00:00Z')

async function reported(territoryCode: string, numbers: string[]): Promise<string> {
  const input = reportInput.parse({ submissionId: randomUUID(), numbers, symptom: 'NO_RING', territoryCode })
  const answer = await reportCase(people.samu59, input, now)
  if (!answer.ok) throw new Error(answer.reason.key)
  return answer.value.reference
}

async function declared(): Promise<{ incident: string; first: string }> {
  const first = await reported('59', ['15'])
  const answer = await declareIncident(people.lead, { case: first, reason: 'Une même cause' }, now)
  if (!answer.ok) throw new Error(answer.reason.key)
  return { incident: answer.value.reference, first }
}

const titleOf = async (incident: string) =>
  (await owner`select title from incident where reference = ${incident}`)[0]?.title
const name = (incident: string, name: string | null, by = people.lead, version: number | null = null) =>
  nameIncident(by, nameInput.parse({ incident, version, name }), now)

test('until it is named it is called by its facts, and they follow its cases', async () => {
  const { incident } = await declared()
  expect(await titleOf(incident)).toBe('15 – Nord')
  const second = await reported('69', ['18', '15'])
  await attachCase(people.agent, { incident, case: second, reason: null }, now)
  expect(await titleOf(incident)).toBe('15 · 18 – Nord, Rhône')
  await detachCase(people.agent, { incident, case: second, reason: 'Autre cause', cause: null }, now)
  expect(await titleOf(incident)).toBe('15 – Nord')
  await attachCase(people.agent, { incident, case: second, reason: null }, now)
  const split = await splitIncident(
    people.lead,
    { incident, cases: [second], into: null, reason: 'À part' },
    now,
  )
  expect(await titleOf(incident)).toBe('15 – Nord')
  expect(split.ok && (await titleOf(split.value.reference))).toBe('15 · 18 – Rhône')
})

test('a lead names it, in the journal; the name stays whatever joins; left blank the facts name it again', async () => {
  const { incident } = await declared()
  expect(await name(incident, '  Cœur de réseau du Nord ')).toMatchObject({ ok: true })
  await attachCase(people.agent, { incident, case: await reported('69', ['17']), reason: null }, now)
  expect(await titleOf(incident)).toBe('Cœur de réseau du Nord')
  const lines =
    await owner`select j.actor_name, j.text, j.data from journal j join incident i on i.id = j.incident_id
    where i.reference = ${incident} and j.event = 'incident.named'`
  expect(lines).toEqual([
    { actor_name: people.lead.name, text: 'Cœur de réseau du Nord', data: { from: '15 – Nord' } },
  ])
  await name(incident, '')
  expect(await titleOf(incident)).toBe('15 · 17 – Nord, Rhône')
})

test('an agent does not name it, and of two leads the second is told', async () => {
  const { incident } = await declared()
  expect(await name(incident, 'À moi', people.agent)).toMatchObject({
    ok: false,
    reason: { key: 'incidents.refused.lead_declares' },
  })
  await name(incident, 'Le premier', people.lead, 1)
  expect(await name(incident, 'Le second', people.director, 1)).toMatchObject({
    ok: false,
    conflict: { version: 2 },
  })
  expect(await titleOf(incident)).toBe('Le premier')
})

test.each([
  ['a number of ten figures is masked', 'Ligne 01 99 00 12 34', /^(?!.*0012)/],
  ['too long is refused', 'x'.repeat(81), null],
])('%s', (_, typed, expected) => {
  const read = nameInput.safeParse({ incident: 'INC-1', name: typed })
  if (expected) expect(read.data?.name).toMatch(expected)
  else expect(read.success).toBe(false)
})
