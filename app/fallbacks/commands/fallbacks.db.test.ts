import { describe, expect, test } from 'vitest'
import { type AccountActor, machine } from '#app/_auth/actor.ts'
import { reportCase } from '#app/cases/commands/report.ts'
import { reportInput } from '#app/cases/input.ts'
import { readRoom } from '#app/cell/_room/query.ts'
import { correlateNow } from '#app/incidents/commands/correlate.ts'
import { addProbe } from '#app/supervision/commands/keep-plan.ts'
import { batchInput } from '#app/supervision/input.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { planInput } from '../input.ts'
import { fallbacksOfCase, listFallbacks, readFallback } from '../queries.ts'
import { remindOfEnds } from './clock.ts'
import {
  announceFallbackEnd,
  closeFallback,
  lookAtNumber,
  openFallback,
  planFallback,
  publishFallback,
  takeRerouteOut,
} from './fallbacks.ts'
import { hearProbe, tellProbe } from './probed.ts'
import { testFallback } from './test.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T0 = new Date('2026-11-23T10:00:00Z')
const later = (minutes: number) => new Date(T0.getTime() + minutes * 60_000)

async function planned(over: object = {}): Promise<number> {
  const input = planInput.parse({
    ...{
      covers: '15',
      territoryCode: '59',
      organisationId: people.organisations.samu59,
      phone: '01 99 00 59 15',
      capacity: 12,
    },
    ...over,
  })
  const made = await planFallback(people.agent, input, T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  return made.value.fallbackId
}
const read = async (id: number, now = T0, actor: AccountActor = people.agent) => {
  const found = await readFallback(actor, id, now)
  if (!found) throw new Error('no fallback')
  return found
}
const tried = (id: number, network: string, passed = 3, now = T0) =>
  testFallback(people.agent, { fallbackId: id, network, passed, tried: 3 }, now)
async function opened(over: object = {}): Promise<number> {
  const id = await planned(over)
  for (const network of ['Mobile A', 'Fixe B', 'Box C']) await tried(id, network)
  await openFallback(people.agent, { fallbackId: id, version: 1, endsAt: later(240) }, T0)
  return id
}
const moved = async (id: number, move: typeof closeFallback, now = T0) =>
  move(people.agent, { fallbackId: id, version: (await read(id, now)).version }, now)

test('planned, tried from three networks, opened, published, its end announced, closed, its reroute taken out', async () => {
  const id = await planned({ reroute: true })
  const open = (endsAt = later(240)) => openFallback(people.agent, { fallbackId: id, version: 1, endsAt }, T0)
  await tried(id, 'Mobile A')
  expect(await open()).toMatchObject({ reason: { key: 'fallbacks.refused.tests', values: { count: 2 } } })
  await tried(id, 'Fixe B')
  await tried(id, 'Box C')
  expect(await open(T0)).toMatchObject({ fields: { endsAt: { key: 'fallbacks.refused.end_past' } } })
  expect(await open()).toMatchObject({ ok: true })
  expect((await read(id)).standing).toBe('active')
  await publishFallback(people.agent, { fallbackId: id, version: 2, where: 'SAMU voisins, préfecture' }, T0)
  expect(await moved(id, closeFallback)).toMatchObject({
    reason: { key: 'fallbacks.refused.announce_first' },
  })
  await moved(id, announceFallbackEnd)
  await moved(id, closeFallback)
  expect((await read(id)).standing, 'its reroute stands').toBe('forgotten')
  await moved(id, takeRerouteOut)
  expect((await read(id)).standing).toBe('closed')
  expect(await moved(id, takeRerouteOut)).toMatchObject({ reason: { key: 'fallbacks.refused.no_reroute' } })
})

describe('the number', () => {
  test('stands in no list; each look is written down with its name; who does not need it gets none', async () => {
    const id = await planned()
    expect(JSON.stringify(await listFallbacks(people.agent, T0))).not.toContain('19900')
    expect(await lookAtNumber(people.agent, { fallbackId: id }, T0)).toMatchObject({
      value: { phone: '01 99 00 59 15' },
    })
    expect(await lookAtNumber(people.samu59, { fallbackId: id }, T0)).toMatchObject({ ok: true })
    for (const other of [people.samu37, people.pref59, people.wall])
      expect(await lookAtNumber(other, { fallbackId: id }, T0)).toMatchObject({ ok: false })
    const looks =
      await owner`select actor_name as who from journal where event = 'fallback.looked' and (data ->> 'fallbackId')::int = ${id} order by id`
    expect(looks.map(({ who }) => who)).toEqual(['Agathe Essai', 'Nora Essai'])
    expect(
      JSON.stringify(await owner`select data, text from journal where event like 'fallback.%'`),
    ).not.toContain('19900')
  })

  test.each([
    ['short', { phone: '15' }, 'phone'],
    ['none', { phone: 'rien' }, 'phone'],
    ['of a territory that is none', { territoryCode: 'XX' }, 'territoryCode'],
    ['for a number that is none', { covers: '999' }, 'covers'],
    ['of nobody', { organisationId: 987_654 }, 'organisationId'],
  ])('%s: refused, nothing made', async (_, over, field) => {
    const [before] = await owner`select count(*)::int as n from fallback`
    const given = {
      covers: '15',
      territoryCode: '59',
      organisationId: people.organisations.samu59,
      phone: '0199005915',
      capacity: 1,
    }
    const said = await planFallback(people.agent, planInput.parse({ ...given, ...over }), T0)
    expect(Object.keys(said.ok ? {} : (said.fields ?? {}))).toEqual([field])
    expect((await owner`select count(*)::int as n from fallback`)[0]).toEqual(before)
  })
})

test('a test that fails while it is open raises the cases that lean on it; restored, what stays is forgotten', async () => {
  const input = reportInput.parse({
    ...{
      submissionId: '00000000-0000-4000-8000-000000000001',
      numbers: ['15'],
      symptom: 'NO_RING',
      territoryCode: '59',
    },
    ...{ callbackPhone: '0639980015', channel: 'portal' },
  })
  const made = await reportCase(people.samu59, input, T0)
  if (!made.ok) throw new Error(JSON.stringify(made))
  // Which reports count is read apart, within a second.
  await correlateNow(machine('rules'), T0)
  const level = async () => (await owner`select level, fallback from cases where id = ${made.value.id}`)[0]
  expect((await level())?.level).toBeLessThan(3)
  /** As the first screen has it, on the case's own place. */
  const inGrid = async (at: Date) =>
    (await readRoom(people.agent, at.toISOString())).reported.find(({ territory }) => territory === '59')
      ?.fallback
  expect(await inGrid(later(-2))).toBeNull()
  const id = await opened()
  expect(await inGrid(later(-1))).toBe('active')
  expect(
    (await fallbacksOfCase(people.agent, { numbers: ['15'], territoryCode: '59' }, T0)).map((one) => one.id),
  ).toContain(id)
  expect(await fallbacksOfCase(people.agent, { numbers: ['17'], territoryCode: '59' }, T0)).toEqual([])
  expect(await tried(id, 'Mobile A', 0)).toMatchObject({ ok: true, value: { raised: 1 } })
  expect(await level()).toEqual({ level: 3, fallback: 'failing' })
  expect((await read(id)).standing).toBe('failing')
  expect(await inGrid(T0)).toBe('failing')
  await tried(id, 'Mobile A', 3, later(1))
  expect(await inGrid(later(1))).toBe('active')
  await owner`update cases set state = 'restored', restored_at = ${T0} where id = ${made.value.id}`
  expect((await read(id, later(2))).standing).toBe('forgotten')
})

test('whoever holds it hears of its end once, an hour before; it never closes by itself', async () => {
  const id = await opened({ covers: '17' })
  for (const minutes of [179, 180, 181, 300]) await remindOfEnds(machine('clock'), later(minutes))
  const lines =
    await owner`select at from journal where event = 'fallback.ending' and (data ->> 'fallbackId')::int = ${id}`
  expect(lines.map(({ at }) => at)).toEqual([later(180)])
  expect(await read(id, later(300))).toMatchObject({ state: 'open', standing: 'overdue' })
})

describe('called by the probes of the supervision', () => {
  const probes = machine('probes')
  const plan = async (minutes = 0) => {
    const told = await tellProbe(probes, { probe: 'nord-9' }, later(minutes))
    return told.ok ? told.value.calls : []
  }
  const says = (id: number, sip: number | null, minutes: number, key = `call-${minutes}-${sip}`) =>
    hearProbe(
      probes,
      batchInput.parse({
        probe: 'nord-9',
        results: [{ id: key, agreement: -id, at: later(minutes).toISOString(), sip, rang: false }],
      }),
      later(minutes),
    )

  test('when its owner has agreed and it is open; nobody else is dialled, and what is heard is a test of its own network', async () => {
    await addProbe(
      people.lead,
      { name: 'nord-9', territoryCode: '59', operator: 'Alpha', technology: 'trunk' },
      T0,
    )
    await opened({ covers: '18', phone: '01 99 00 59 20' })
    const closed = await opened({ covers: '18', phone: '01 99 00 59 21', probed: true })
    await moved(closed, closeFallback)
    await planned({ covers: '18', phone: '01 99 00 59 22', probed: true })
    const id = await opened({ covers: '18', phone: '01 99 00 59 23', probed: true })
    expect(await plan()).toEqual([
      {
        agreement: -id,
        number: '18',
        territory: '59',
        destination: '+33199005923',
        everyS: 900,
        mostPerHour: 4,
      },
    ])

    expect(await says(id, 200, 1)).toMatchObject({ value: { taken: 1, known: 0, refused: [] } })
    expect(await says(id, 200, 1)).toMatchObject({ value: { taken: 0, known: 1 } })
    await says(id, 200, 16)
    const own = async () =>
      (await read(id)).tests
        .filter(({ network }) => network === 'Alpha · nord-9')
        .map(({ passed, at }) => [passed, at])
    expect(await own(), 'as long as it says the same it is one').toEqual([[1, later(16)]])
    await says(id, null, 17)
    expect((await read(id)).standing, 'not placed says nothing').toBe('active')
    await says(id, 503, 31)
    expect((await read(id)).standing).toBe('failing')
    await says(id, 200, 46)
    expect(await own()).toEqual([
      [1, later(16)],
      [0, later(31)],
      [1, later(46)],
    ])
    expect((await read(id)).standing).toBe('active')
    expect(await says(999_999, 200, 47)).toMatchObject({ value: { refused: [{ field: 'agreement' }] } })
    // Among others: each is named by its own line, and one bad line keeps none when none is to be kept.
    const good = { id: 'called-48', agreement: -id, at: later(48).toISOString(), sip: 503 }
    const results = [{ id: 'called-47' }, good, { ...good, agreement: 999_999 }]
    const all = batchInput.parse({ probe: 'nord-9', results, allOrNone: true })
    expect(await hearProbe(probes, all, later(48))).toMatchObject({
      value: { taken: 0, refused: [{ line: 1 }, { line: 3 }] },
    })
    expect((await read(id)).standing).toBe('active')
    expect(await hearProbe(probes, { ...all, allOrNone: false }, later(48))).toMatchObject({
      value: { taken: 1 },
    })
    expect((await read(id)).standing).toBe('failing')
  })
})
