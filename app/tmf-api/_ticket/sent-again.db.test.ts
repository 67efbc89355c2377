import { describe, expect, test } from 'vitest'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { createTicket } from './change.ts'
import { createInput, submissionOf } from './input.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T08:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const DAY = 24 * 60

let rank = 0
const fresh = () => `ALARM-${++rank}`
const body = (externalId: string, over: object = {}) => ({
  description: 'Plus aucun appel au 15',
  severity: 'Critical',
  ticketType: 'incident',
  externalId,
  relatedEntity: [
    { id: '15', role: 'emergencyNumber' },
    { id: '59', role: 'territory' },
  ],
  symptom: 'NO_RING',
  callbackPhone: '03 20 12 34 56',
  ...over,
})

async function post(externalId: string, at = now, over: object = {}, actor = people.samu59) {
  const made = await createTicket(actor, createInput.parse(body(externalId, over)), at)
  if (!made.ok) return made.reason
  const { reference, again } = made.value
  return { reference, again }
}
async function posted(externalId: string, at = now, over: object = {}) {
  const made = await post(externalId, at, over)
  if (!('reference' in made)) throw new Error(JSON.stringify(made))
  return made.reference
}
const rowOf = async (reference: string) =>
  (
    await owner`select state, still_failing_at, reopened_from_id::int, id::int from cases where reference = ${reference}`
  )[0]
const casesOf = async (externalId: string) => owner`select 1 from cases where external_id = ${externalId}`
const OTHER = {
  description: 'Le 18 non plus',
  relatedEntity: [
    { id: '18', role: 'emergencyNumber' },
    { id: '59', role: 'territory' },
  ],
}

describe('an externalId posted again', () => {
  test('the same content: the same ticket, once, even ten at the same instant', async () => {
    const key = fresh()
    const all = await Promise.all(Array.from({ length: 10 }, () => posted(key)))
    expect(new Set(all).size).toBe(1)
    expect(await post(key, later(60))).toEqual({ reference: all[0], again: true })
    expect(await casesOf(key)).toHaveLength(1)
  })

  test('severity and kind of ticket are read and set aside: they are not content', async () => {
    const key = fresh()
    const reference = await posted(key)
    expect(await post(key, now, { severity: 'Minor', ticketType: 'alarm' })).toEqual({
      reference,
      again: true,
    })
  })

  test.each([
    ['another number', OTHER],
    ['another hour', { failingSince: '2026-11-23T07:00:00Z' }],
    ['other words', { description: 'Le 15 sonne occupé' }],
    ['other tests', { test: [{ passed: 0, tried: 5 }] }],
    ['another number to call back', { callbackPhone: '03 20 00 00 01' }],
  ])('%s: refused with the number of the case that has it, nothing is made or changed', async (_, over) => {
    const key = fresh()
    const reference = await posted(key)
    expect(await post(key, now, over)).toEqual({ key: 'cases.refused.sent_otherwise', values: { reference } })
    expect(await casesOf(key)).toHaveLength(1)
  })

  test('restored in between: the same alarm means that it fails again, and its case goes back to work', async () => {
    const key = fresh()
    const reference = await posted(key)
    await owner`update cases set state = 'restored', restored_at = ${later(20)} where reference = ${reference}`
    expect(await post(key, later(30))).toEqual({ reference, again: true })
    expect(await rowOf(reference)).toMatchObject({ state: 'checking', still_failing_at: later(30) })
    expect(await casesOf(key)).toHaveLength(1)
  })

  test.each([
    ['a day: its case is open again', DAY, true],
    ['longer: a new case, linked', DAY + 0.001, false],
  ])('closed for %s', async (_, minutes, keeps) => {
    const key = fresh()
    const reference = await posted(key)
    await owner`update cases set state = 'closed', closed_at = ${later(10)}, next_contact_at = null, ack_due_at = null,
      check_due_at = null where reference = ${reference}`
    const again = await posted(key, later(10 + minutes))
    expect(again === reference).toBe(keeps)
    const [first, second] = [await rowOf(reference), await rowOf(again)]
    if (keeps) expect(first?.state).toBe('checking')
    else expect(second).toMatchObject({ state: 'received', reopened_from_id: first?.id })
    // The key is the last case's from now on.
    expect(await post(key, later(11 + minutes))).toEqual({ reference: again, again: true })
  })

  test.each([
    ['closed', `state = 'closed', closed_at = '2026-11-23T08:10:00Z', next_contact_at = null`],
    ['out of scope', `state = 'out_of_scope', next_contact_at = null`],
  ])('%s: other facts are a new failure and a new case', async (_, set) => {
    const key = fresh()
    const reference = await posted(key)
    await owner.unsafe(
      `update cases set ${set}, ack_due_at = null, check_due_at = null where reference = '${reference}'`,
    )
    const again = await posted(key, later(11), OTHER)
    expect(again).not.toBe(reference)
    expect(await rowOf(again)).toMatchObject({
      state: 'received',
      reopened_from_id: (await rowOf(reference))?.id,
    })
  })

  test('a duplicate: the same ticket while the case it repeats is open, a new one after', async () => {
    const [original, key] = [await posted(fresh()), fresh()]
    const reference = await posted(key)
    await owner`update cases set state = 'duplicate', next_contact_at = null, ack_due_at = null, check_due_at = null,
      duplicate_of_id = (select id from cases where reference = ${original}) where reference = ${reference}`
    expect(await post(key, later(60))).toEqual({ reference, again: true })
    await owner`update cases set state = 'closed', closed_at = ${later(70)}, next_contact_at = null where reference = ${original}`
    expect(await posted(key, later(80))).not.toBe(reference)
  })
})

describe('a key belongs to its organisation', () => {
  test('a stranger who guesses it gets a case of its own, learns nothing, and takes nothing away', async () => {
    const key = fresh()
    const submissionId = submissionOf(people.samu59.accountId, key)
    const guess = { numbers: ['15'], symptom: 'NO_RING', territoryCode: '37', submissionId }
    const theirs = await reportCase(people.samu37, reportInput.parse(guess), now)
    expect(theirs).toMatchObject({ ok: true, value: { again: false } })
    const ours = await post(key)
    expect(ours).toMatchObject({ again: false })
    expect(ours).not.toMatchObject({ reference: theirs.ok && theirs.value.reference })
  })

  test('nor does an authority that sees the case take it for its own', async () => {
    const input = reportInput.parse({
      submissionId: '5b7d1f0e-6f0b-4a3c-8a53-1f6f5f0c9d21',
      ...{ numbers: ['15'], symptom: 'NO_RING', territoryCode: '59' },
    })
    const first = await reportCase(people.samu59, input, now)
    const second = await reportCase(people.pref59, input, now)
    expect(second).toMatchObject({ ok: true, value: { again: false } })
    expect(first.ok && second.ok && first.value.id === second.value.id).toBe(false)
  })
})

describe('a form sent twice', () => {
  const input = reportInput.parse({
    submissionId: '0c6a7f36-2b0f-4d0f-9a0c-5d3e7f1a2b3c',
    ...{ numbers: ['15'], symptom: 'NO_RING', territoryCode: '59', symptomWords: 'silence' },
  })

  test('as it was: the same case, whatever hour it makes of “ten minutes ago”', async () => {
    const said = { since: '10', numbers: ['15'] }
    const at = (minutes: number) => ({ ...input, sinceAt: later(minutes - 10), content: said })
    const first = await reportCase(people.samu59, at(0), now)
    const second = await reportCase(people.samu59, at(1), later(1))
    expect(first.ok && second.ok && second.value.again && first.value.id === second.value.id).toBe(true)
  })

  test('corrected in between: told which case it is, nothing is lost in silence', async () => {
    const corrected = { ...input, symptomWords: 'tonalité rapide' }
    expect(await reportCase(people.samu59, corrected, later(2))).toMatchObject({
      ok: false,
      reason: { key: 'cases.refused.sent_otherwise' },
    })
  })

  test('by the cell for another caller: told as well, never answered as if it were done', async () => {
    const heard = {
      ...input,
      submissionId: '8d0f2d53-7c1b-4d53-b7a5-3c2d1e0f9a8b',
      channel: 'phone' as const,
    }
    const { samu59, samu37 } = people.organisations
    await reportCase(people.agent, { ...heard, organisationId: samu59 }, now)
    expect(await reportCase(people.agent, { ...heard, organisationId: samu37 }, now)).toMatchObject({
      reason: { key: 'cases.refused.sent_otherwise' },
    })
  })
})
