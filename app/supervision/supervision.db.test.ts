import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { machine } from '#app/_auth/actor.ts'
import { readRoom } from '#app/cell/_room/query.ts'
import { gridOf } from '#app/cell/rules/grid.ts'
import { createTestDatabase } from '#scripts/testing/database.ts'
import { says } from '#scripts/testing/four-centres.ts'
import { makePeople } from '#scripts/testing/people.ts'
import { addProbe, agree, endAgreement, planCalls, retireProbe, switchProbes } from './commands/keep-plan.ts'
import { takeResults } from './commands/take-results.ts'
import { tellRunner } from './commands/tell-runner.ts'
import { agreementInput, batchInput, MOST_RESULTS } from './input.ts'
import { readPlan, readSupervision } from './queries.ts'

const { owner } = await createTestDatabase()
const people = await makePeople(owner)
const T = Date.parse('2026-11-26T10:00:00Z')
const at = (minutes: number) => new Date(T + minutes * 60_000)
const PROBES = machine('probes')

const said = {
  ...{
    organisationId: people.organisations.samu59,
    number: '15',
    destination: '15-59',
    agreedBy: 'Dr Essai',
  },
  ...{ agreedOn: '2026-01-05', contact: 'Standard', mostPerHour: 30 },
}
const agreement = await agree(people.lead, agreementInput.parse(said), at(0))
const probe = await addProbe(
  people.lead,
  { name: 'nord-1', territoryCode: '59', operator: 'Alpha', technology: 'trunk' },
  at(0),
)
if (!agreement.ok || !probe.ok) throw new Error('not made')
const [agreementId, probeId] = [agreement.value.id, probe.value.id]
await planCalls(people.lead, { agreementId, probeId, everyMin: 5 }, at(0))

const call = (given: object = {}, minutes = 0) => ({
  ...{
    id: randomUUID(),
    agreement: agreementId,
    at: at(minutes).toISOString(),
    sip: 200,
    rang: true,
    delayMs: 800,
  },
  ...given,
})
const tell = (results: unknown[], minutes: number, given: object = {}) =>
  takeResults(PROBES, batchInput.parse({ probe: 'nord-1', results, ...given }), at(minutes))

describe('the plan', () => {
  test('is kept by leads alone, and seen by nobody outside the cell', async () => {
    for (const who of [people.agent, people.samu59, people.wall])
      expect(await agree(who, agreementInput.parse(said), at(0))).toMatchObject({ ok: false })
    expect(await readPlan(people.samu59)).toEqual({ agreements: [], probes: [] })
    expect((await readPlan(people.agent)).agreements).toMatchObject([
      { id: agreementId, plans: [{ everyS: 300 }] },
    ])
    expect((await readSupervision(people.pref59, at(0).toISOString())).cells).toEqual([])
  })

  test('refuses the 15 itself, a centre that is called too often, an agreement that ended', async () => {
    const itself = agreementInput.parse({ ...said, destination: '15' })
    expect(await agree(people.lead, itself, at(0))).toMatchObject({
      fields: { destination: { key: 'supervision.refused.emergency_itself' } },
    })
    const often = { agreementId, probeId, everyMin: 1 }
    expect(await planCalls(people.lead, often, at(0))).toMatchObject({
      fields: { everyMin: { key: 'supervision.refused.too_often', values: { calls: 60, most: 30 } } },
    })
    const other = await agree(people.lead, agreementInput.parse({ ...said, number: '112' }), at(0))
    if (!other.ok) throw new Error('not made')
    await planCalls(people.lead, { agreementId: other.value.id, probeId, everyMin: 5 }, at(0))
    expect(await endAgreement(people.lead, { agreementId: other.value.id }, at(1))).toMatchObject({
      ok: true,
    })
    expect(
      await planCalls(people.lead, { agreementId: other.value.id, probeId, everyMin: 5 }, at(2)),
    ).toMatchObject({
      fields: { agreementId: { key: 'supervision.refused.no_agreement' } },
    })
    expect((await readPlan(people.agent)).agreements.map((one) => one.id)).toEqual([agreementId])
  })

  test('tells its runner what to call, and nothing while it is stopped or outside the agreed hours', async () => {
    const orders = (minutes = 0) => tellRunner(PROBES, { probe: 'nord-1' }, at(minutes))
    expect(await orders()).toMatchObject({
      value: {
        stopped: false,
        calls: [{ agreement: agreementId, destination: '15-59', everyS: 300, mostPerHour: 30 }],
      },
    })
    // Ten in the morning in Paris is eleven there.
    await owner`update test_agreement set from_hour = 12, to_hour = 18 where id = ${agreementId}`
    expect(await orders()).toMatchObject({ value: { calls: [] } })
    expect(await orders(60)).toMatchObject({ value: { calls: [{ agreement: agreementId }] } })
    await owner`update test_agreement set from_hour = 0, to_hour = 0 where id = ${agreementId}`
    await switchProbes(people.lead, { stop: true }, at(0))
    expect(await orders()).toMatchObject({ value: { stopped: true, calls: [], bursts: [] } })
    expect(await readSupervision(people.agent, at(1).toISOString())).toMatchObject({
      stoppedBy: people.lead.name,
    })
    await switchProbes(people.lead, { stop: false }, at(2))
    expect(await switchProbes(people.agent, { stop: true }, at(2))).toMatchObject({ ok: false })
    expect(await orders()).toMatchObject({ value: { stopped: false } })
    expect(await tellRunner(PROBES, { probe: 'nobody' }, at(0))).toMatchObject({ ok: false })
  })
})

describe('a batch of results', () => {
  test('keeps the good lines once, names the bad ones, and sent again says nothing new', async () => {
    const good = [call(), call({ sip: 503, cause: 38, rang: false })]
    const bad = [call({ agreement: 999_999 }), call({ at: at(10).toISOString() }), 'text']
    const batch = [good[0], bad[0], good[1], bad[1], bad[2]]
    expect(await tell(batch, 0)).toMatchObject({
      value: {
        ...{ taken: 2, known: 0 },
        refused: [
          { line: 2, field: 'agreement', key: 'supervision.line.not_agreed' },
          { line: 4, field: 'at', key: 'supervision.line.future' },
          { line: 5, id: null, key: 'supervision.line.shape' },
        ],
      },
    })
    expect(await tell(batch, 1)).toMatchObject({ value: { taken: 0, known: 2 } })
    // Twice in one batch too.
    const twice = call()
    expect(await tell([twice, twice], 1)).toMatchObject({ value: { taken: 1, known: 1 } })
    const [window] = await owner`select tried, answered, reached, delays from probe_window`
    expect(window).toEqual({ tried: 3, answered: 2, reached: 0, delays: 3 })
  })

  test('all or none, when it is asked so', async () => {
    expect(await tell([call(), call({ sip: 900 })], 1, { allOrNone: true })).toMatchObject({
      value: { taken: 0, refused: [{ line: 2, field: 'sip' }] },
    })
    const [{ n } = { n: 0 }] = await owner`select count(*)::int as n from probe_result`
    expect(n).toBe(3)
  })

  test('of two senders at once each call is counted once', async () => {
    const lines = Array.from({ length: 200 }, () => call({}, 2))
    const answers = await Promise.all([1, 2, 3].map(() => tell(lines, 2)))
    const counts = answers.map((one) => (one.ok ? one.value : { taken: -1, known: -1 }))
    expect(counts.reduce((sum, one) => sum + one.taken, 0)).toBe(200)
    expect(counts.every((one) => one.taken + one.known === 200)).toBe(true)
  })

  test('of a probe that is unknown or retired is refused; fifty thousand are the most', async () => {
    expect(
      await takeResults(PROBES, batchInput.parse({ probe: 'nobody', results: [] }), at(0)),
    ).toMatchObject({
      reason: { key: 'supervision.line.unknown_probe' },
    })
    expect(batchInput.safeParse({ probe: 'nord-1', results: Array(MOST_RESULTS + 1).fill(0) }).success).toBe(
      false,
    )
    const old = await addProbe(
      people.lead,
      { name: 'old', territoryCode: '59', operator: 'Bravo', technology: 'volte' },
      at(0),
    )
    if (!old.ok) throw new Error('not made')
    await retireProbe(people.lead, { probeId: old.value.id }, at(0))
    expect(await tellRunner(PROBES, { probe: 'old' }, at(0))).toMatchObject({ ok: false })
  })
})

describe('what the cell sees', () => {
  const cell = async (minutes: number) => {
    const room = await readRoom(people.agent, at(minutes).toISOString())
    const row = gridOf(room.reported, room.proofs, at(minutes).getTime()).find(
      (one) => one.territory === '59',
    )
    return row?.cells['15'] ?? null
  }
  test('a failing probe stands in the grid of the room with its age; its silence too; a proof leaves it', async () => {
    await owner`truncate probe_result, probe_window, probe_last`
    await tell([call({ sip: 404, rang: false }, 20)], 20)
    expect(await cell(21)).toMatchObject({ says: 'unproved', passed: 0, tried: 1, proofAgeMin: 1, cases: 0 })
    await tell([call({}, 41), call({}, 42)], 42)
    // The failure of twenty minutes ago is no news of now.
    expect(await cell(43)).toBeNull()
    expect(await cell(60)).toMatchObject({ says: 'stale', proofAgeMin: 18 })
    expect(await cell(900)).toMatchObject({ says: 'stale', tried: 0 })
  })

  test('a failure that a burst has cleared is none', async () => {
    await tell([call({ sip: 503, rang: false }, 901)], 901)
    expect(await cell(902)).toMatchObject({ says: 'unproved' })
    await owner`insert into probe_burst (agreement_id, number, territory_code, cause, probe_ids, calls, opened_at, state, decided_at, tried, passed)
      values (${agreementId}, '15', '59', 'probe', ${[probeId]}, 3, ${at(901)}, 'cleared', ${at(902)}, 3, 3)`
    expect(await cell(903)).toBeNull()
  })

  test('works of the place, of its region, of its zone and of the country stand beside it; those of elsewhere, or of another number, do not', async () => {
    for (const [n, places] of [['59'], ['R32'], ['Z-NORD'], ['FR'], ['69', 'Z-SUD-EST']].entries())
      await owner`insert into works (reference, operator, title, territories, numbers, from_at, to_at, announced_at, announced_by_name)
        values (${`TX-${n}`}, 'Alpha', 'Bascule', ${places}, '{}', ${at(900)}, ${at(960)}, ${at(0)}, 'Essai')`
    await owner`update works set numbers = '{15}' where reference = 'TX-0'`
    await owner`update works set numbers = '{18}' where reference = 'TX-1'`
    const works = async (minutes: number) =>
      (await readSupervision(people.agent, at(minutes).toISOString())).cells.map((one) => one.works)
    expect(await works(930)).toEqual([3])
    expect(await works(960)).toEqual([0])
  })
})

describe('open reports that a probe does not see', () => {
  const unseen = async () =>
    (await readSupervision(people.agent, at(200).toISOString())).probes.map(({ name, unseenReports }) => [
      name,
      unseenReports,
    ])

  test('are counted of one that always passes, and not of one that sees failures too', async () => {
    const [blind, seeing] = await Promise.all(
      ['aveugle', 'voyante'].map(async (name) => {
        const made = await addProbe(
          people.lead,
          { name, territoryCode: '37', operator: 'Beta', technology: 'volte' },
          at(180),
        )
        if (!made.ok) throw new Error('not made')
        await owner`insert into probe_last (probe_id, territory_code, number, at, verdict) values (${made.value.id}, '37', '15', ${at(199)}, 'answered')`
        await owner`insert into probe_window (territory_code, number, probe_id, from_at, tried, answered, reached, delay_ms_sum, delays)
          values ('37', '15', ${made.value.id}, ${at(195)}, 30, ${name === 'aveugle' ? 30 : 29}, 0, 0, 0)`
        return made.value.id
      }),
    )
    expect([blind, seeing].every(Boolean)).toBe(true)
    expect(await unseen()).toEqual(
      expect.arrayContaining([
        ['aveugle', 0],
        ['voyante', 0],
      ]),
    )
    await says(people.samu37, '37', at(190))
    await says(people.samu37, '37', at(200))
    expect(await unseen()).toEqual(
      expect.arrayContaining([
        ['aveugle', 1],
        ['voyante', 0],
      ]),
    )
  })
})
