import { describe, expect, test, vi } from 'vitest'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { changeTicket, createTicket } from './change.ts'
import { ofContract } from './contract.fixture.ts'
import { createInput, listInput, updateInput } from './input.ts'
import { listTickets, readTicket } from './queries.ts'
import { STATUSES, statesOf } from './status.ts'
import { selected, ticketOf } from './ticket.ts'

vi.mock('next-intl/server', () => import('#scripts/testing/words.ts'))

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const now = new Date('2026-11-23T08:00:00Z')

const posted = {
  description: 'Plus aucun appel au 15 depuis dix minutes',
  severity: 'Critical',
  ticketType: 'incident',
  externalId: 'SAMU-59/000123',
  relatedEntity: [
    { id: '15', role: 'emergencyNumber', '@referredType': 'EmergencyNumber' },
    { id: '59', role: 'territory', '@referredType': 'GeographicArea' },
  ],
  symptom: 'NO_RING',
  failingSince: '2026-11-23T07:50:00Z',
  callbackPhone: '03 20 12 34 56',
  test: [{ passed: 1, tried: 5, technology: 'volte' }],
}
const create = async (actor = people.samu59, body: object = posted) =>
  createTicket(actor, createInput.parse(body), now)
const made = await create()
const reference = made.ok ? made.value.reference : ''
const seen = async (actor = people.samu59) => {
  const found = await readTicket(actor, reference)
  return found && JSON.parse(JSON.stringify(await ticketOf(found, 'fr')))
}
const patch = (actor: typeof people.samu59, body: object) =>
  changeTicket(actor, reference, updateInput.parse(body), now)

describe('a ticket of TMF621', () => {
  test('is what the contract calls a TroubleTicket', async () => {
    const ticket = await seen()
    expect(ofContract('TroubleTicket').safeParse(ticket).error).toBeUndefined()
    // The counter-proof: the schema was really read.
    expect(ofContract('TroubleTicket').safeParse({ ...ticket, status: 'broken' }).success).toBe(false)
    expect(ticket).toMatchObject({
      id: reference,
      href: `/tmf-api/troubleTicket/v4/troubleTicket/${reference}`,
      externalId: posted.externalId,
      status: 'acknowledged',
      priority: 'N2',
      severity: 'Critical',
      channel: { id: 'api' },
      symptom: 'NO_RING',
      relatedParty: [{ name: 'SAMU 59 (essai)', role: 'originator' }],
      test: [{ passed: 1, tried: 5, technology: 'volte' }],
    })
    expect(ticket.nextContactDate > ticket.creationDate).toBe(true)
    expect(ticket.statusChange).toHaveLength(1)
  })

  test('what is posted is what the contract calls a TroubleTicket_Create', () => {
    expect(ofContract('TroubleTicket_Create').safeParse(posted).error).toBeUndefined()
    expect(createInput.safeParse({ ...posted, severity: undefined }).success).toBe(false)
  })

  test('posted again under the same externalId is the same case', async () => {
    expect(await create()).toMatchObject({ ok: true, value: { reference, again: true } })
    const other = await create(people.samu37, {
      ...posted,
      relatedEntity: [
        { id: '37', role: 'territory' },
        { id: '15', role: 'emergencyNumber' },
      ],
    })
    expect(other).toMatchObject({ ok: true, value: { again: false } })
  })

  test('gives exactly the fields asked for', async () => {
    const found = await readTicket(people.samu59, reference)
    const ticket = found && selected(await ticketOf(found, 'en'), 'status, severity')
    expect(Object.keys(ticket ?? {}).sort()).toEqual(['severity', 'status'])
  })

  test('does not exist for another département, by id or in a list', async () => {
    expect(await seen(people.samu37)).toBeNull()
    expect(await seen(people.pref37)).toBeNull()
    expect(await patch(people.samu37, { note: [{ text: 'x' }] })).toMatchObject({
      ok: false,
      reason: { key: 'cases.refused.absent' },
    })
    const ids = async (actor: typeof people.samu59) =>
      (await listTickets(actor, listInput.parse({}))).tickets.map((one) => one.reference)
    expect(await ids(people.samu59)).toEqual([reference])
    expect(await ids(people.pref59)).toEqual([reference])
    expect(await ids(people.pref37)).not.toContain(reference)
  })

  test('a ten-digit number in the name of what it concerns is masked before it is stored', async () => {
    const named = { id: 'TRK-0042', role: 'trunk', name: 'Faisceau 01 56 12 34 56' }
    const made = await create(people.samu59, {
      ...posted,
      externalId: 'named',
      relatedEntity: [...posted.relatedEntity, named],
    })
    if (!made.ok) throw new Error(JSON.stringify(made))
    const found = await readTicket(people.samu59, made.value.reference)
    expect(found?.related).toContainEqual({ ...named, name: 'Faisceau 01 •• •• •• ••' })
    await owner`delete from ticket where case_id = (select id from cases where reference = ${made.value.reference})`
  })

  test('an unknown number is refused at its place in the contract', async () => {
    expect(
      await create(people.samu59, {
        ...posted,
        externalId: 'x',
        relatedEntity: [{ id: '99', role: 'emergencyNumber' }],
      }),
    ).toMatchObject({
      ok: false,
      fields: { 'relatedEntity[role=emergencyNumber]': { key: 'cases.invalid.unknown_number' } },
    })
  })

  test.each([
    ['a reporter may not close', people.samu59, { status: 'closed' }, 'cases.refused.tmf_status_reporter'],
    ['nothing is nothing', people.samu59, {}, 'cases.refused.tmf_nothing'],
    ['confirmed without tests', people.samu59, { status: 'resolved' }, 'cases.invalid.tests_needed'],
    ['a cell that closes', people.agent, { status: 'closed' }, 'cases.refused.tmf_status_cell'],
    ['an update without a promise', people.agent, { note: [{ text: 'x' }] }, 'cases.invalid.required'],
  ])('%s: refused with the reason', async (_, actor, body, key) => {
    expect(await patch(actor, body)).toMatchObject({ ok: false, reason: { key } })
  })

  const half = 'a'.repeat(2_500)
  test.each([
    ['two notes of a reporter', people.samu59, { note: [{ text: half }, { text: half }] }],
    [
      'a note and its reason, still failing',
      people.samu59,
      { status: 'inProgress', note: [{ text: half }], statusChangeReason: half },
    ],
    [
      'notes beside tests',
      people.samu59,
      { note: [{ text: half }, { text: half }], test: [{ passed: 0, tried: 3 }] },
    ],
    [
      'an update of the cell',
      people.agent,
      { note: [{ text: half }, { text: half }], nextContactDate: '2026-11-23T08:15:00Z' },
    ],
  ])(
    '%s, together too long: refused at its place in the contract, nothing stored',
    async (_, actor, body) => {
      const before = await seen()
      expect(await patch(actor, body)).toMatchObject({
        ok: false,
        fields: { note: { key: 'cases.invalid.too_long', values: { max: 4_000, length: 5_001 } } },
      })
      expect(await seen()).toEqual(before)
    },
  )

  test('goes its way: note, acknowledged, updated, confirmed, still failing', async () => {
    const nextContactDate = '2026-11-23T08:15:00Z'
    const status = async () => (await seen())?.status
    expect(await patch(people.samu59, { note: [{ text: 'Le 18 passe' }] })).toMatchObject({ ok: true })
    expect(await patch(people.agent, { status: 'inProgress' })).toMatchObject({ ok: true })
    expect(await status()).toBe('inProgress')
    expect(await patch(people.agent, { note: [{ text: 'Cause trouvée' }], nextContactDate })).toMatchObject({
      ok: true,
    })
    expect((await seen())?.note.map((note: { text: string }) => note.text)).toEqual([
      posted.description,
      'Le 18 passe',
      'Cause trouvée',
    ])
    expect(await patch(people.samu59, { status: 'resolved', test: [{ passed: 5, tried: 5 }] })).toMatchObject(
      { ok: true },
    )
    expect(await status()).toBe('resolved')
    expect(
      await patch(people.samu59, { status: 'inProgress', note: [{ text: 'De nouveau muet' }] }),
    ).toMatchObject({ ok: true })
    expect(await status()).toBe('inProgress')
  })
})

test('every state of a case has its status, and every status that has states finds them', () => {
  const all = STATUSES.flatMap(statesOf)
  expect(new Set(all).size).toBe(all.length)
  expect(statesOf('resolved')).toEqual(['restored', 'confirmed'])
  expect(statesOf('held')).toEqual([])
})

test('an authority is told who reported only where it must act, by id and in a list', async () => {
  const one = await create(people.samu59, { ...posted, externalId: 'SAMU-59/000777' })
  const id = one.ok ? one.value.reference : ''
  await changeTicket(people.samu59, id, updateInput.parse({ note: [{ text: 'Toujours rien' }] }), now)
  const authors = async (actor: typeof people.samu59) => {
    const { tickets } = await listTickets(actor, listInput.parse({}))
    const both = [await readTicket(actor, id), tickets.find((found) => found.reference === id)]
    return new Set(both.flatMap((found) => found?.lines.map(({ who }) => who) ?? []))
  }
  expect(await authors(people.pref59)).toContain('Nora Essai')
  await owner`update cases set level = 1 where reference = ${id}`
  expect(await authors(people.pref59)).not.toContain('Nora Essai')
  expect(await authors(people.pref59)).toContain('SAMU 59 (essai)')
  expect(await authors(people.samu59)).toContain('Nora Essai')
})
